/** Handlers of the group `books`. */
import type { Book, BooksHandlers } from "../../../generated/index.js";
import { announceStock } from "../announcements.js";
import { database } from "../database.js";
import { entityTag } from "../entity-tag.js";
import { findBook, findFeaturedBook, listBooks } from "../storage/books.js";
import { findCover, replaceCover } from "../storage/covers.js";
import { violates } from "../storage/database.js";
import * as shelves from "../storage/shelve-books.js";

/** How every PNG file begins. */
const PNG = Buffer.from("89504e470d0a1a0a", "hex");

export const books: BooksHandlers = {
  async listBooks({ query, filter, sort, page, headers, cookies, reply }) {
    const { items, total } = await listBooks(
      database(),
      {
        conditions: filter,
        tags: query.tag,
        formats: query.format,
        category: query.category,
        publishedAfter: query.publishedAfter,
        inStock: query.inStock,
      },
      sort,
      page,
      { branch: headers["x-branch"], currency: cookies.currency },
    );
    return reply.ok(items, { total });
  },

  async createBook({ body, reply }) {
    try {
      const id = await shelves.insertBook(database(), body);
      const book = await findBook(database(), id);
      if (book === undefined) throw new Error(`book ${id} has just vanished`);
      return reply.created(book, { headers: { location: `/books/${id}` } });
    } catch (error) {
      const detail = conflict(error);
      if (detail === undefined) throw error;
      return reply.conflict({ detail });
    }
  },

  async getFeaturedBook({ query, reply }) {
    const book = await findFeaturedBook(database(), query.category);
    return book ? reply.ok(book) : reply.noContent();
  },

  async getBook({ params, headers, reply }) {
    const view = { branch: headers["x-branch"] };
    const book = await findBook(database(), params.bookId, view);
    if (book === undefined) return reply.notFound(missing(params.bookId));
    return reply.ok(book, { headers: { etag: entityTag(book) } });
  },

  async replaceBook({ params, body, preconditions, reply }) {
    const allow = (now: Book) => preconditions.check({ etag: entityTag(now) });
    try {
      await shelves.replaceBook(database(), params.bookId, body, allow);
    } catch (error) {
      const detail = conflict(error);
      if (detail === undefined) throw error;
      return reply.conflict({ detail });
    }
    const book = await findBook(database(), params.bookId);
    if (book === undefined) return reply.notFound(missing(params.bookId));
    return reply.ok(book, { headers: { etag: entityTag(book) } });
  },

  async patchBook({ params, body, preconditions, reply }) {
    const allow = (now: Book) => preconditions.check({ etag: entityTag(now) });
    try {
      await shelves.patchBook(database(), params.bookId, body, allow);
    } catch (error) {
      const detail = conflict(error);
      if (detail === undefined) throw error;
      return reply.conflict({ detail });
    }
    const book = await findBook(database(), params.bookId);
    if (book === undefined) return reply.notFound(missing(params.bookId));
    return reply.ok(book, { headers: { etag: entityTag(book) } });
  },

  async deleteBook({ params, reply }) {
    try {
      const found = await shelves.deleteBook(database(), params.bookId);
      return found ? reply.noContent() : reply.notFound(missing(params.bookId));
    } catch (error) {
      if (!violates(error, "order_lines_book_id_fkey")) throw error;
      return reply.conflict({ detail: "the book has been ordered" });
    }
  },

  async replaceStock({ params, body, reply, log }) {
    const { bookId } = params;
    const found = await shelves.replaceStock(database(), bookId, body);
    if (!found) return reply.notFound(missing(bookId));
    // Nobody waits for those who are told.
    void announceStock({ bookId, stock: body }, log);
    return reply.ok(body);
  },

  async getCover({ params, reply }) {
    const png = await findCover(database(), params.bookId);
    return png ? reply.ok(png) : reply.notFound(missing(params.bookId));
  },

  async replaceCover({ params, body, reply }) {
    const png = Buffer.concat(await body.toArray());
    if (!png.subarray(0, PNG.length).equals(PNG)) {
      return reply.badRequest({ detail: "this is no PNG picture" });
    }
    const found = await replaceCover(database(), params.bookId, png);
    return found ? reply.noContent() : reply.notFound(missing(params.bookId));
  },
};

function missing(bookId: string): { detail: string } {
  return { detail: `no book ${bookId}` };
}

/** What to say when what was written does not fit what is stored. */
function conflict(error: unknown): string | undefined {
  if (violates(error, "books_isbn_key")) {
    return "there is a book with this ISBN already";
  }
  if (violates(error, "books_category_fkey")) {
    return "there is no such category";
  }
  if (violates(error, "book_authors_author_id_fkey")) {
    return "there is no such author";
  }
  return undefined;
}
