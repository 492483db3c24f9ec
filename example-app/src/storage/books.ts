/** Room `storage`: reading books. */
import type { AnyFilter, Sort } from "@kontract/runtime";
import type { Book, ListBooksRequest } from "../../../generated/index.js";
import { within } from "./categories.js";
import type { Database } from "./database.js";
import { type Column, orderOf, whereOf } from "./query-sql.js";
import { and, sql, type Sql } from "./sql.js";

export interface BookFilter {
  status?: Book["status"] | undefined;
  /** A book must bear each of them. */
  tags?: readonly string[] | undefined;
  /** A book must come in one of them. */
  formats?: readonly string[] | undefined;
  category?: string | undefined;
  publishedAfter?: string | undefined;
  inStock?: boolean | undefined;
  authorId?: number | undefined;
  /** What clients ask for by field and operator. */
  conditions?: AnyFilter | undefined;
}

export interface BookView {
  /** Count the stock of this branch only. */
  branch?: string | undefined;
  /** Show prices in this currency. */
  currency?: Book["price"]["currency"] | undefined;
}

/** Everything that the document lets clients filter and sort by, and the id. */
const COLUMNS = {
  id: { value: sql`b.id`, type: sql`uuid` },
  isbn: { value: sql`b.isbn`, type: sql`text` },
  title: { value: sql`b.title`, type: sql`text` },
  status: { value: sql`b.status`, type: sql`text` },
  publishedOn: { value: sql`b.published_on`, type: sql`date` },
  "price.amount": { value: sql`b.price_amount`, type: sql`bigint` },
  price: { value: sql`b.price_amount / c.per_euro`, type: sql`numeric` },
  createdAt: { value: sql`b.created_at`, type: sql`timestamptz` },
} satisfies Record<
  | ListBooksRequest["filter"][number]["field"]
  | ListBooksRequest["sort"][number]["field"],
  Column
>;

/** The order of a list that nobody has asked another of. */
export const BY_TITLE: Sort = [
  { field: "title", direction: "asc" },
  { field: "id", direction: "asc" },
];

interface BookRow {
  id: string;
  isbn: string;
  title: string;
  subtitle: string | null;
  author_ids: number[];
  category: string;
  status: Book["status"];
  published_on: string | null;
  amount: number;
  currency: Book["price"]["currency"];
  formats: Book["formats"];
  tags: string[] | null;
  dimensions: NonNullable<Book["dimensions"]> | null;
  translations: NonNullable<Book["translations"]> | null;
  homepage: string | null;
  rating: number | null;
  stock: number;
  created_at: string;
  updated_at: string;
}

export async function listBooks(
  database: Database,
  filter: BookFilter,
  order: Sort,
  page: { offset: number; limit: number },
  view: BookView = {},
): Promise<{ items: Book[]; total: number }> {
  const where = matching(filter, view);
  const [counted] = await database.query<{ total: number }>(
    sql`select count(*) as total from books b where ${where}`,
  );
  const rows = await database.query<BookRow>(sql`
    ${selectBooks(view)} where ${where} order by ${orderOf(order, COLUMNS)}
    limit ${page.limit} offset ${page.offset}`);
  return { items: rows.map(toBook), total: counted?.total ?? 0 };
}

export async function findBook(
  database: Database,
  id: string,
  view: BookView = {},
): Promise<Book | undefined> {
  const [row] = await database.query<BookRow>(
    sql`${selectBooks(view)} where b.id = ${id}`,
  );
  return row && toBook(row);
}

/** All books by id, a few at a time: as long as the list is, no more than those are in memory. */
export async function* everyBook(database: Database): AsyncGenerator<Book> {
  let last = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await database.query<BookRow>(sql`
      ${selectBooks({})} where b.id > ${last} order by b.id limit 100`);
    for (const row of rows) yield toBook(row);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.id;
  }
}

/** The best rated book at hand. */
export async function findFeaturedBook(
  database: Database,
  category: string | undefined,
): Promise<Book | undefined> {
  const where = matching({ category, inStock: true, status: "in-print" }, {});
  const [row] = await database.query<BookRow>(sql`
    ${selectBooks({})} where ${where}
    order by rating desc nulls last, b.title, b.id limit 1`);
  return row && toBook(row);
}

export async function hasBook(
  database: Database,
  id: string,
): Promise<boolean> {
  const rows = await database.query(sql`select 1 from books where id = ${id}`);
  return rows.length > 0;
}

function copies(view: BookView): Sql {
  const branch =
    view.branch === undefined ? sql`true` : sql`s.branch = ${view.branch}`;
  return sql`(select coalesce(sum(s.copies), 0)::integer
    from stock s where s.book_id = b.id and ${branch})`;
}

function matching(filter: BookFilter, view: BookView): Sql {
  const conditions: Sql[] = [];
  if (filter.status !== undefined) {
    conditions.push(sql`b.status = ${filter.status}`);
  }
  if (filter.tags !== undefined) {
    conditions.push(sql`coalesce(b.tags, '{}') @> ${filter.tags}::text[]`);
  }
  if (filter.formats !== undefined) {
    conditions.push(sql`b.formats && ${filter.formats}::text[]`);
  }
  if (filter.category !== undefined) {
    conditions.push(within(sql`b.category`, filter.category));
  }
  if (filter.publishedAfter !== undefined) {
    conditions.push(sql`b.published_on > ${filter.publishedAfter}::date`);
  }
  if (filter.inStock !== undefined) {
    conditions.push(sql`(${copies(view)} > 0) = ${filter.inStock}::boolean`);
  }
  if (filter.authorId !== undefined) {
    conditions.push(sql`exists (select from book_authors a
      where a.book_id = b.id and a.author_id = ${filter.authorId})`);
  }
  if (filter.conditions !== undefined) {
    conditions.push(whereOf(filter.conditions, COLUMNS));
  }
  return and(conditions);
}

function selectBooks(view: BookView): Sql {
  const currency = view.currency ?? null;
  return sql`
    select b.id, b.isbn, b.title, b.subtitle, b.category, b.status,
      b.published_on, b.formats, b.tags, b.dimensions, b.translations,
      b.homepage, b.created_at, b.updated_at,
      round(b.price_amount / c.per_euro * t.per_euro)::bigint as amount,
      t.code as currency,
      (select coalesce(jsonb_agg(a.author_id order by a.position), '[]')
        from book_authors a where a.book_id = b.id) as author_ids,
      (select round(avg(r.rating), 2)::float8
        from reviews r where r.book_id = b.id) as rating,
      ${copies(view)} as stock
    from books b
    join currencies c on c.code = b.price_currency
    join currencies t on t.code = coalesce(${currency}::text, b.price_currency)`;
}

function toBook(row: BookRow): Book {
  return {
    id: row.id,
    isbn: row.isbn,
    title: row.title,
    subtitle: row.subtitle,
    authorIds: row.author_ids,
    category: row.category,
    status: row.status,
    publishedOn: row.published_on,
    price: { amount: row.amount, currency: row.currency },
    formats: row.formats,
    ...(row.tags !== null && { tags: row.tags }),
    ...(row.dimensions !== null && { dimensions: row.dimensions }),
    ...(row.translations !== null && { translations: row.translations }),
    ...(row.homepage !== null && { homepage: row.homepage }),
    rating: row.rating,
    stock: row.stock,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
