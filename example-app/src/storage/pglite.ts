/** Room `storage`: the embedded driver, a PostgreSQL inside the process. */
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { COLUMN_TYPES } from "./column-types.js";
import type { Database } from "./database.js";
import { numbered, type Sql } from "./sql.js";

/** Opens the database in a folder, or in memory when there is none. */
export async function openPglite(folder?: string): Promise<Database> {
  const client = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    parsers: Object.fromEntries(COLUMN_TYPES),
  });
  await client.exec("set time zone 'UTC'");
  return {
    ...over(client),
    transaction: (work) => client.transaction((inner) => work(over(inner))),
    close: () => client.close(),
  };
}

function over(client: Pick<Transaction, "query">): Database {
  const database: Database = {
    driver: "PGlite",
    async query<Row extends object>(statement: Sql): Promise<Row[]> {
      const values = [...statement.values];
      return (await client.query<Row>(numbered(statement), values)).rows;
    },
    // Inside a transaction: what is begun within it belongs to it.
    transaction: (work) => work(database),
    close: () => Promise.resolve(),
  };
  return database;
}
