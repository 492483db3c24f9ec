/** Room `storage`: who wants to be told of changes. */
import { only, type Database } from "./database.js";
import { sql } from "./sql.js";

export async function insertSubscription(
  database: Database,
  partner: string,
  url: string,
): Promise<{ id: string; url: string }> {
  return only(
    await database.query<{ id: string; url: string }>(sql`
    insert into subscriptions (partner, url) values (${partner}, ${url})
    returning id, url`),
  );
}

/** Each address once. */
export async function listSubscribers(database: Database): Promise<string[]> {
  const rows = await database.query<{ url: string }>(
    sql`select distinct url from subscriptions`,
  );
  return rows.map(({ url }) => url);
}
