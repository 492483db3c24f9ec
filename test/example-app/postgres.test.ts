import { afterAll, beforeAll, describe } from "vitest";
import type { Database } from "../../example-app/src/storage/database.js";
import { openDatabase } from "../../example-app/src/storage/open-database.js";
import { httpContract } from "./http-contract.js";
import {
  findPostgres,
  startCluster,
  type Cluster,
} from "./postgres-cluster.js";
import { processContract } from "./process.js";
import { storageContract } from "./storage-contract.js";

const bin = findPostgres();
if (bin === undefined) {
  process.stderr.write(
    "\n!!! POSTGRESQL ABSENT: the tests on a real server do not run !!!\n\n",
  );
}

describe.skipIf(bin === undefined)("on a PostgreSQL server", () => {
  let cluster: Cluster;
  let database: Database;

  beforeAll(async () => {
    cluster = await startCluster(bin ?? "");
    database = await openDatabase({
      url: cluster.url,
      onError: (error) => process.stderr.write(`${error.message}\n`),
    });
  });

  afterAll(async () => {
    await database.close();
    await cluster.stop();
  });

  describe("storage", () => storageContract(() => database));
  describe("HTTP", () => httpContract(() => database));
  describe("the process", () =>
    processContract(
      () => cluster.url,
      () => startCluster(bin ?? ""),
    ));
});
