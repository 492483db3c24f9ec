/** What the storage promises, on whichever database. Tables are shared by the tests of a run: each uses names of its own. */
import type { Database } from "../../example-app/src/storage/database.js";
import { booksContract } from "./storage/books.js";
import { catalogueContract } from "./storage/catalogue.js";
import { customersContract } from "./storage/customers.js";
import { queryingContract } from "./storage/querying.js";
import { createFixtures } from "./storage/fixtures.js";
import { tablesContract } from "./storage/tables.js";

export function storageContract(database: () => Database): void {
  const fixtures = createFixtures(database);
  tablesContract(fixtures);
  booksContract(fixtures);
  queryingContract(fixtures);
  catalogueContract(fixtures);
  customersContract(fixtures);
}
