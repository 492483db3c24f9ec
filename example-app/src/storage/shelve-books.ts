/** Room `storage`: writing books and their stock. */
import type {
  Book,
  BookInput,
  BookPatch,
  Stock,
} from "../../../generated/index.js";
import { findBook } from "./books.js";
import { only, type Database } from "./database.js";
import { json, list, sql, type Sql } from "./sql.js";

/** Told of the book as it is, which nobody else changes meanwhile; throws where it must not be changed. */
export type Allow = (now: Book) => void;

/**
 * Gives the id of the new book. Breaks `books_isbn_key`, `books_category_fkey` or `book_authors_author_id_fkey` where the
 * ISBN is taken or a category or author is unknown.
 */
export async function insertBook(
  database: Database,
  book: BookInput,
): Promise<string> {
  return database.transaction(async (inner) => {
    const row = only(
      await inner.query<{ id: string }>(sql`
      insert into books (isbn, title, subtitle, category, status, published_on,
        price_amount, price_currency, formats, tags, dimensions, translations,
        homepage)
      values (${book.isbn}, ${book.title}, ${book.subtitle ?? null},
        ${book.category}, ${book.status}, ${book.publishedOn ?? null},
        ${book.price.amount}, ${book.price.currency}, ${book.formats},
        ${book.tags ?? null}, ${json(book.dimensions)}::jsonb,
        ${json(book.translations)}::jsonb, ${book.homepage ?? null})
      returning id`),
    );
    await insertAuthors(inner, row.id, book.authorIds);
    await checkNow(inner);
    return row.id;
  });
}

/** False when there is no such book. Breaks the same constraints as `insertBook`. */
export async function replaceBook(
  database: Database,
  id: string,
  book: BookInput,
  allow?: Allow,
): Promise<boolean> {
  return database.transaction(async (inner) => {
    await ask(inner, id, allow);
    const found = await inner.query(sql`
      update books set isbn = ${book.isbn}, title = ${book.title},
        subtitle = ${book.subtitle ?? null}, category = ${book.category},
        status = ${book.status}, published_on = ${book.publishedOn ?? null},
        price_amount = ${book.price.amount},
        price_currency = ${book.price.currency}, formats = ${book.formats},
        tags = ${book.tags ?? null},
        dimensions = ${json(book.dimensions)}::jsonb,
        translations = ${json(book.translations)}::jsonb,
        homepage = ${book.homepage ?? null}, updated_at = now()
      where id = ${id} returning 1`);
    if (found.length === 0) return false;
    await inner.query(sql`delete from book_authors where book_id = ${id}`);
    await insertAuthors(inner, id, book.authorIds);
    await checkNow(inner);
    return true;
  });
}

/** False when there is no such book. Members that are absent stay as they are. */
export async function patchBook(
  database: Database,
  id: string,
  patch: BookPatch,
  allow?: Allow,
): Promise<boolean> {
  const changes: Sql[] = [sql`updated_at = now()`];
  if (patch.isbn !== undefined) changes.push(sql`isbn = ${patch.isbn}`);
  if (patch.title !== undefined) changes.push(sql`title = ${patch.title}`);
  if (patch.subtitle !== undefined) {
    changes.push(sql`subtitle = ${patch.subtitle}`);
  }
  if (patch.category !== undefined) {
    changes.push(sql`category = ${patch.category}`);
  }
  if (patch.status !== undefined) changes.push(sql`status = ${patch.status}`);
  if (patch.publishedOn !== undefined) {
    changes.push(sql`published_on = ${patch.publishedOn}`);
  }
  if (patch.price !== undefined) {
    changes.push(sql`price_amount = ${patch.price.amount}`);
    changes.push(sql`price_currency = ${patch.price.currency}`);
  }
  if (patch.tags !== undefined) changes.push(sql`tags = ${patch.tags}`);
  if (patch.homepage !== undefined) {
    changes.push(sql`homepage = ${patch.homepage}`);
  }
  return database.transaction(async (inner) => {
    await ask(inner, id, allow);
    const found = await inner.query(
      sql`update books set ${list(changes)} where id = ${id} returning 1`,
    );
    await checkNow(inner);
    return found.length > 0;
  });
}

/** False when there is no such book. Breaks `order_lines_book_id_fkey` when it was ever ordered. */
export async function deleteBook(
  database: Database,
  id: string,
): Promise<boolean> {
  const found = await database.query(
    sql`delete from books where id = ${id} returning 1`,
  );
  return found.length > 0;
}

/** False when there is no such book. */
export async function replaceStock(
  database: Database,
  id: string,
  stock: Stock,
): Promise<boolean> {
  return database.transaction(async (inner) => {
    const found = await inner.query(
      sql`select 1 from books where id = ${id} for no key update`,
    );
    if (found.length === 0) return false;
    await inner.query(sql`delete from stock where book_id = ${id}`);
    await inner.query(sql`
      insert into stock (book_id, branch, copies)
      select ${id}::uuid, key, value::integer
      from jsonb_each_text(${json(stock)}::jsonb)`);
    return true;
  });
}

async function insertAuthors(
  database: Database,
  bookId: string,
  authorIds: readonly number[],
): Promise<void> {
  for (const [position, authorId] of authorIds.entries()) {
    await database.query(sql`
      insert into book_authors (book_id, author_id, position)
      values (${bookId}, ${authorId}, ${position})`);
  }
}

/** The lock comes first, so that the book is read as whoever held it before has left it. */
async function ask(
  database: Database,
  id: string,
  allow: Allow | undefined,
): Promise<void> {
  if (allow === undefined) return;
  await database.query(
    sql`select 1 from books where id = ${id} for no key update`,
  );
  const now = await findBook(database, id);
  if (now !== undefined) allow(now);
}

/** Deferred foreign keys break here, inside the transaction, and not at its commit. */
async function checkNow(database: Database): Promise<void> {
  await database.query(sql`set constraints all immediate`);
}
