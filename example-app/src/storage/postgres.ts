/** Room `storage`: the driver for a PostgreSQL server, one pool for the process. */
import pg from "pg";
import { COLUMN_TYPES } from "./column-types.js";
import type { Database } from "./database.js";
import { numbered, type Sql } from "./sql.js";

/** Connects to a server; `onError` hears of connections that break while idle, which must not end the process. */
export function openPostgres(
  url: string,
  onError: (error: Error) => void,
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "bookstore",
    max: 10,
    connectionTimeoutMillis: 5_000,
    options: "-c timezone=UTC",
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        COLUMN_TYPES.get(oid) ?? pg.types.getTypeParser(oid, format),
    },
  });
  pool.on("error", onError);
  return {
    ...over(pool),
    async transaction(work) {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const result = await work(over(client));
        await client.query("commit");
        client.release();
        return result;
      } catch (error) {
        // A connection that cannot even roll back is thrown away.
        await client.query("rollback").then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        );
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

function over(client: pg.Pool | pg.PoolClient): Database {
  const database: Database = {
    driver: "PostgreSQL",
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
