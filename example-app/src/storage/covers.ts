/** Room `storage`: pictures of books. */
import type { Database } from "./database.js";
import { sql } from "./sql.js";

export async function findCover(
  database: Database,
  bookId: string,
): Promise<Buffer | undefined> {
  const [row] = await database.query<{ png: string }>(
    sql`select encode(png, 'base64') as png from covers where book_id = ${bookId}`,
  );
  return row && Buffer.from(row.png, "base64");
}

/** False when there is no such book. */
export async function replaceCover(
  database: Database,
  bookId: string,
  png: Buffer,
): Promise<boolean> {
  const written = await database.query(sql`
    insert into covers (book_id, png)
    select id, decode(${png.toString("base64")}, 'base64') from books
    where id = ${bookId}
    on conflict (book_id) do update set png = excluded.png
    returning 1`);
  return written.length > 0;
}
