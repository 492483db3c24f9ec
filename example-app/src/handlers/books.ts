/** Handlers of the group `books`. */
import type { BooksHandlers } from "../../../generated/index.js";
import { database } from "../database.js";
import { findBook, findFeaturedBook, listBooks } from "../storage/books.js";
import { violates } from "../storage/database.js";
import * as shelves from "../storage/shelve-books.js";

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
    return book ? reply.ok(book) : reply.notFound(missing(params.bookId));
  },

  async replaceBook({ params, body, reply }) {
    try {
      await shelves.replaceBook(database(), params.bookId, body);
    } catch (error) {
      const detail = conflict(error);
      if (detail === undefined) throw error;
      return reply.conflict({ detail });
    }
    const book = await findBook(database(), params.bookId);
    return book ? reply.ok(book) : reply.notFound(missing(params.bookId));
  },

  async patchBook({ params, body, reply }) {
    try {
      await shelves.patchBook(database(), params.bookId, body);
    } catch (error) {
      const detail = conflict(error);
      if (detail === undefined) throw error;
      return reply.conflict({ detail });
    }
    const book = await findBook(database(), params.bookId);
    return book ? reply.ok(book) : reply.notFound(missing(params.bookId));
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

  async replaceStock({ params, body, reply }) {
    const found = await shelves.replaceStock(database(), params.bookId, body);
    return found ? reply.ok(body) : reply.notFound(missing(params.bookId));
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
