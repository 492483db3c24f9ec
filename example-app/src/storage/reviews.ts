/** Room `storage`: reviews. */
import type { Review, ReviewInput } from "../../../generated/index.js";
import { only, type Database } from "./database.js";
import { and, sql, type Sql } from "./sql.js";

export interface ReviewFilter {
  minRating?: number | undefined;
  maxRating?: number | undefined;
  hasText?: boolean | undefined;
}

interface ReviewRow {
  id: string;
  book_id: string;
  reviewer: string;
  rating: number;
  text: string | null;
  created_at: string;
}

const SELECT = sql`
  select r.id, r.book_id, c.name as reviewer, r.rating::float8 as rating,
    r.text, r.created_at
  from reviews r join customers c on c.id = r.customer_id`;

export async function listReviews(
  database: Database,
  bookId: string,
  filter: ReviewFilter,
  page: { offset: number; limit: number },
): Promise<{ items: Review[]; total: number }> {
  const conditions: Sql[] = [sql`r.book_id = ${bookId}`];
  if (filter.minRating !== undefined) {
    conditions.push(sql`r.rating >= ${filter.minRating}::float8`);
  }
  if (filter.maxRating !== undefined) {
    conditions.push(sql`r.rating <= ${filter.maxRating}::float8`);
  }
  if (filter.hasText !== undefined) {
    conditions.push(sql`(r.text is not null) = ${filter.hasText}::boolean`);
  }
  const where = and(conditions);
  const [counted] = await database.query<{ total: number }>(
    sql`select count(*) as total from reviews r where ${where}`,
  );
  const rows = await database.query<ReviewRow>(sql`
    ${SELECT} where ${where} order by r.created_at desc, r.id
    limit ${page.limit} offset ${page.offset}`);
  return { items: rows.map(toReview), total: counted?.total ?? 0 };
}

export async function findReview(
  database: Database,
  id: string,
): Promise<Review | undefined> {
  const [row] = await database.query<ReviewRow>(
    sql`${SELECT} where r.id = ${id}`,
  );
  return row && toReview(row);
}

/** Gives the id. Breaks `reviews_once` when the customer has reviewed the book before. */
export async function insertReview(
  database: Database,
  bookId: string,
  customerId: string,
  review: ReviewInput,
): Promise<string> {
  const row = only(
    await database.query<{ id: string }>(sql`
    insert into reviews (book_id, customer_id, rating, text)
    values (${bookId}, ${customerId}, ${String(review.rating)}::numeric,
      ${review.text ?? null})
    returning id`),
  );
  return row.id;
}

/** Id of the customer who wrote it. */
export async function findReviewer(
  database: Database,
  id: string,
): Promise<string | undefined> {
  const [row] = await database.query<{ customer_id: string }>(
    sql`select customer_id from reviews where id = ${id}`,
  );
  return row?.customer_id;
}

export async function deleteReview(
  database: Database,
  id: string,
): Promise<void> {
  await database.query(sql`delete from reviews where id = ${id}`);
}

function toReview(row: ReviewRow): Review {
  return {
    id: row.id,
    bookId: row.book_id,
    reviewer: row.reviewer,
    rating: row.rating,
    ...(row.text !== null && { text: row.text }),
    createdAt: row.created_at,
  };
}
