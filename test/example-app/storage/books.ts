/** Books in storage. */
import { describe, expect, it } from "vitest";
import * as books from "../../../example-app/src/storage/books.js";
import * as shelves from "../../../example-app/src/storage/shelve-books.js";
import type { Sort } from "@kontract/runtime";
import type { BookInput } from "../../../generated/index.js";
import type { Fixtures } from "./fixtures.js";

const FRANKENSTEIN = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d02";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const TIES: Sort = [{ field: "id", direction: "asc" }];
const FIRST = { offset: 0, limit: 20 };

export function booksContract(fixtures: Fixtures): void {
  const { database } = fixtures;

  describe("books", () => {
    it("keep every member", async () => {
      const input = fixtures.bookInput({
        subtitle: "With Everything",
        authorIds: [2, 1],
        publishedOn: "2024-02-29",
        tags: ["a", 'b"c'],
        dimensions: [130, 198, 36.5],
        translations: { de: "Ein Speichertest" },
        homepage: "https://example.com/book",
      });
      const id = await shelves.insertBook(database(), input);
      const book = await books.findBook(database(), id);
      expect(book).toMatchObject({ ...input, id, stock: 0, rating: null });
    });

    it("need a category, an author and an ISBN of their own", async () => {
      const insert = (more: Partial<BookInput>) =>
        shelves.insertBook(database(), fixtures.bookInput(more));
      await fixtures.broken(
        insert({ isbn: "9780141439518" }),
        "books_isbn_key",
      );
      await fixtures.broken(
        insert({ category: "nowhere" }),
        "books_category_fkey",
      );
      await fixtures.broken(
        insert({ authorIds: [999999] }),
        "book_authors_author_id_fkey",
      );
    });

    it("are filtered by every filter at once", async () => {
      const input = fixtures.bookInput({
        tags: ["storage", "x"],
        formats: ["audio", "ebook"],
        publishedOn: "2020-05-05",
        authorIds: [3],
        status: "forthcoming",
      });
      const id = await shelves.insertBook(database(), input);
      const filter: books.BookFilter = {
        tags: ["storage", "x"],
        formats: ["hardcover", "audio"],
        publishedAfter: "2020-05-04",
        authorId: 3,
        category: "poetry",
        inStock: false,
        status: "forthcoming",
      };
      const ids = async (more: books.BookFilter) =>
        (
          await books.listBooks(
            database(),
            { ...filter, ...more },
            books.BY_TITLE,
            FIRST,
          )
        ).items.map((book) => book.id);
      expect(await ids({})).toEqual([id]);
      for (const miss of [
        { tags: ["storage", "y"] },
        { formats: ["hardcover"] },
        { publishedAfter: "2020-05-05" },
        { authorId: 2 },
        { category: "novels" },
        { inStock: true },
        { status: "in-print" },
      ] satisfies books.BookFilter[]) {
        expect(await ids(miss), JSON.stringify(miss)).toEqual([]);
      }
    });

    it("of a category include those of the categories below it", async () => {
      const titles = async (category: string) =>
        (
          await books.listBooks(
            database(),
            { category, tags: ["classic"] },
            [{ field: "publishedOn", direction: "asc" }],
            FIRST,
          )
        ).items.map((book) => book.title);
      expect(await titles("fiction")).toEqual([
        "Pride and Prejudice",
        "Frankenstein",
        "Journey to the Centre of the Earth",
        "The Time Machine",
      ]);
      expect(await titles("novels")).toEqual(["Pride and Prejudice"]);
    });

    it("come in every order, pages without gap or repetition", async () => {
      const orders = [
        "title",
        "price",
        "publishedOn",
        "createdAt",
      ].flatMap<Sort>((field) => [
        [{ field, direction: "asc" }, ...TIES],
        [{ field, direction: "desc" }, ...TIES],
      ]);
      for (const order of orders) {
        const all = await books.listBooks(database(), {}, order, {
          offset: 0,
          limit: 100,
        });
        expect(all.items).toHaveLength(all.total);
        const walked: string[] = [];
        for (let offset = 0; walked.length < all.total; offset += 2) {
          const part = await books.listBooks(database(), {}, order, {
            offset,
            limit: 2,
          });
          expect(part.items.length).toBeGreaterThan(0);
          walked.push(...part.items.map((book) => book.id));
        }
        expect(walked, JSON.stringify(order)).toEqual(
          all.items.map((book) => book.id),
        );
      }
    });

    it("show prices in another currency and the stock of one branch", async () => {
      const book = await books.findBook(database(), FRANKENSTEIN, {
        currency: "USD",
        branch: "PAR",
      });
      expect(book?.price).toEqual({ amount: 917, currency: "USD" });
      expect(book?.stock).toBe(0);
    });

    it("are patched member by member", async () => {
      const input = fixtures.bookInput({ subtitle: "Old", tags: ["a"] });
      const id = await shelves.insertBook(database(), input);
      const patched = await shelves.patchBook(database(), id, {
        subtitle: null,
        price: { amount: 700, currency: "GBP" },
      });
      expect(patched).toBe(true);
      expect(await books.findBook(database(), id)).toMatchObject({
        ...input,
        subtitle: null,
        price: { amount: 700, currency: "GBP" },
      });
      expect(await shelves.patchBook(database(), NOBODY, { title: "x" })).toBe(
        false,
      );
    });

    it("are replaced as a whole, or not at all", async () => {
      const id = await shelves.insertBook(
        database(),
        fixtures.bookInput({ tags: [] }),
      );
      await fixtures.broken(
        shelves.replaceBook(
          database(),
          id,
          fixtures.bookInput({ title: "Half", authorIds: [999999] }),
        ),
        "book_authors_author_id_fkey",
      );
      const kept = await books.findBook(database(), id);
      expect(kept).toMatchObject({ title: "A Storage Test", authorIds: [1] });
      const next = fixtures.bookInput({ title: "Whole", authorIds: [4, 2] });
      expect(await shelves.replaceBook(database(), id, next)).toBe(true);
      const book = await books.findBook(database(), id);
      expect(book).toMatchObject(next);
      expect(book).not.toHaveProperty("tags");
    });

    it("go away unless somebody ordered them", async () => {
      const id = await shelves.insertBook(database(), fixtures.bookInput());
      expect(await shelves.deleteBook(database(), id)).toBe(true);
      expect(await shelves.deleteBook(database(), id)).toBe(false);
    });
  });
}
