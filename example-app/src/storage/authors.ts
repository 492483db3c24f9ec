/** Room `storage`: authors. */
import type { Author, AuthorInput } from "../../../generated/index.js";
import { only, type Database } from "./database.js";
import { and, json, sql } from "./sql.js";

interface AuthorRow {
  id: number;
  name: string;
  born: number | null;
  died: number | null;
  biography: string | null;
  website: string | null;
  contact: NonNullable<Author["contact"]> | null;
  created_at: string;
}

export async function listAuthors(
  database: Database,
  filter: { name?: string | undefined },
  page: { offset: number; limit: number },
): Promise<{ items: Author[]; total: number }> {
  // `strpos` and not `like`: what readers type has no wildcards.
  const where = and(
    filter.name === undefined
      ? []
      : [sql`strpos(lower(name), lower(${filter.name})) > 0`],
  );
  const [counted] = await database.query<{ total: number }>(
    sql`select count(*) as total from authors where ${where}`,
  );
  const rows = await database.query<AuthorRow>(sql`
    select * from authors where ${where} order by name, id
    limit ${page.limit} offset ${page.offset}`);
  return { items: rows.map(toAuthor), total: counted?.total ?? 0 };
}

export async function findAuthor(
  database: Database,
  id: number,
): Promise<Author | undefined> {
  const [row] = await database.query<AuthorRow>(
    sql`select * from authors where id = ${id}`,
  );
  return row && toAuthor(row);
}

/** Breaks `authors_name_key` when there is one of this name. */
export async function insertAuthor(
  database: Database,
  author: AuthorInput,
): Promise<Author> {
  const rows = await database.query<AuthorRow>(sql`
    insert into authors (name, born, died, biography, website, contact)
    values (${author.name}, ${author.born ?? null}, ${author.died ?? null},
      ${author.biography ?? null}, ${author.website ?? null},
      ${json(author.contact)}::jsonb)
    returning *`);
  return toAuthor(only(rows));
}

function toAuthor(row: AuthorRow): Author {
  return {
    id: row.id,
    name: row.name,
    born: row.born,
    died: row.died,
    ...(row.biography !== null && { biography: row.biography }),
    ...(row.website !== null && { website: row.website }),
    ...(row.contact !== null && { contact: row.contact }),
    createdAt: row.created_at,
  };
}
