/** Room `storage`: whether the database answers. */
import type { Database } from "./database.js";
import { sql } from "./sql.js";

/** Rejects when it does not. */
export async function ping(database: Database): Promise<void> {
  await database.query(sql`select 1`);
}
