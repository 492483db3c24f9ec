/** Room `storage`: which database to use, by environment, and made ready for work. */
import type { Database } from "./database.js";
import { migrate } from "./schema.js";
import { seed } from "./seed.js";

export interface DatabaseSettings {
  /** A PostgreSQL server. Absent: the embedded database. */
  url?: string | undefined;
  /** Where the embedded database keeps its files. Absent: in memory. */
  folder?: string | undefined;
  /** Hears of trouble that belongs to no request. */
  onError(error: Error): void;
}

/** Opens the database, brings its tables up to date and, when it is new, fills the shelves. Each driver is loaded only when used. */
export async function openDatabase(
  settings: DatabaseSettings,
): Promise<Database> {
  const database =
    settings.url === undefined
      ? await (await import("./pglite.js")).openPglite(settings.folder)
      : (await import("./postgres.js")).openPostgres(
          settings.url,
          settings.onError,
        );
  try {
    await migrate(database);
    await seed(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
