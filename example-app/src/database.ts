/** The application's one database: opened by whoever starts it, used by the handlers. */
import type { Database } from "./storage/database.js";

let opened: Database | undefined;

export function useDatabase(database: Database): void {
  opened = database;
}

export function database(): Database {
  if (opened === undefined) throw new Error("no database has been opened");
  return opened;
}
