import { afterAll, beforeAll, describe } from "vitest";
import type { Database } from "../../example-app/src/storage/database.js";
import { openDatabase } from "../../example-app/src/storage/open-database.js";
import { httpContract } from "./http-contract.js";
import { storageContract } from "./storage-contract.js";

/** The one embedded database of a test run: it costs seconds and memory. */
let database: Database;

beforeAll(async () => {
  database = await openDatabase({
    onError: (error) => {
      throw error;
    },
  });
});

afterAll(() => database.close());

describe("storage on PGlite", () => storageContract(() => database));
describe("HTTP on PGlite", () => httpContract(() => database));
