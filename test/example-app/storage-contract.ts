/** What the storage promises, on whichever database: run once per driver. */
import { describe, expect, it } from "vitest";
import * as authors from "../../example-app/src/storage/authors.js";
import * as books from "../../example-app/src/storage/books.js";
import * as categories from "../../example-app/src/storage/categories.js";
import * as customers from "../../example-app/src/storage/customers.js";
import { violates } from "../../example-app/src/storage/database.js";
import type { Database } from "../../example-app/src/storage/database.js";
import * as orders from "../../example-app/src/storage/orders.js";
import * as placing from "../../example-app/src/storage/place-orders.js";
import * as reviews from "../../example-app/src/storage/reviews.js";
import { migrate } from "../../example-app/src/storage/schema.js";
import { seed } from "../../example-app/src/storage/seed.js";
import * as shelves from "../../example-app/src/storage/shelve-books.js";
import { sql } from "../../example-app/src/storage/sql.js";
import type { BookInput } from "../../generated/index.js";

const PRIDE = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01";
const FRANKENSTEIN = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d02";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const FIRST = { page: 1, limit: 20 };

/** Tables are shared by the tests of a run: each uses names of its own. */
export function storageContract(database: () => Database): void {
  let serial = 0;
  const bookInput = (more: Partial<BookInput> = {}): BookInput => ({
    isbn: `978${String(++serial).padStart(10, "0")}`,
    title: "A Storage Test",
    authorIds: [1],
    category: "poetry",
    status: "in-print",
    price: { amount: 500, currency: "EUR" },
    formats: ["ebook"],
    ...more,
  });
  const customer = async () => {
    const email = `storage-${++serial}@example.com`;
    const account = { email, name: "Ada", passwordHash: "-" };
    return (await customers.insertCustomer(database(), account)).id;
  };
  const broken = async (work: Promise<unknown>, constraint: string) => {
    const error: unknown = await work.then(
      () => "nothing broke",
      (reason: unknown) => reason,
    );
    expect({ broken: violates(error, constraint), error }).toMatchObject({
      broken: true,
    });
  };

  describe("values", () => {
    it("come back alike from both drivers", async () => {
      const rows = await database().query(sql`
        select 9007199254740991::bigint as big, 7::integer as small,
          '2026-03-29 01:30:00.25+00'::timestamptz as moment,
          '2024-02-29'::date as day, 1.5::float8 as real, true as yes,
          array['a', 'b,"c'] as texts, '{"a": [1, null]}'::jsonb as tree,
          null::text as nothing`);
      expect(rows).toEqual([
        {
          big: 9007199254740991,
          small: 7,
          moment: "2026-03-29T01:30:00.25Z",
          day: "2024-02-29",
          real: 1.5,
          yes: true,
          texts: ["a", 'b,"c'],
          tree: { a: [1, null] },
          nothing: null,
        },
      ]);
    });

    it("beyond the safe integers are refused rather than rounded", async () => {
      await expect(
        database().query(sql`select 9007199254740993::bigint as big`),
      ).rejects.toThrow(RangeError);
    });

    it("are bound, whatever they look like", async () => {
      const hostile = "'; drop table books; --";
      const rows = await database().query(
        sql`select ${hostile}::text as text, ${["$1", hostile]}::text[] as list`,
      );
      expect(rows).toEqual([{ text: hostile, list: ["$1", hostile] }]);
      expect(
        await authors.listAuthors(database(), { name: hostile }, FIRST),
      ).toEqual({ items: [], total: 0 });
      expect(await books.hasBook(database(), PRIDE)).toBe(true);
    });
  });

  describe("tables", () => {
    it("stay as they are when migrated and seeded again", async () => {
      const count = () =>
        database().query(sql`select (select count(*) from books) as books,
          (select count(*) from schema_steps) as steps`);
      const before = await count();
      await migrate(database());
      await seed(database());
      expect(await count()).toEqual(before);
    });
  });

  describe("a transaction", () => {
    it("undoes everything when its work fails", async () => {
      const name = `Undone ${++serial}`;
      await expect(
        database().transaction(async (inner) => {
          await authors.insertAuthor(inner, { name });
          throw new Error("changed my mind");
        }),
      ).rejects.toThrow("changed my mind");
      expect(
        (await authors.listAuthors(database(), { name }, FIRST)).total,
      ).toBe(0);
    });
  });

  describe("authors", () => {
    it("keep what they are given and leave out what is absent", async () => {
      const name = `Keeper ${++serial}`;
      const contact = { email: "keeper@example.com" };
      const author = await authors.insertAuthor(database(), {
        name,
        born: -43,
        contact,
      });
      expect(author).toEqual({
        id: author.id,
        name,
        born: -43,
        died: null,
        contact,
        createdAt: author.createdAt,
      });
      expect(author.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(await authors.findAuthor(database(), author.id)).toEqual(author);
    });

    it("are found by a part of their name, wildcards meaning themselves", async () => {
      const find = async (name: string) =>
        (await authors.listAuthors(database(), { name }, FIRST)).items.map(
          (each) => each.name,
        );
      expect(await find("aUSt")).toEqual(["Jane Austen"]);
      expect(await find("%")).toEqual([]);
    });

    it("bear different names", async () => {
      await broken(
        authors.insertAuthor(database(), { name: "Jane Austen" }),
        "authors_name_key",
      );
    });
  });

  describe("books", () => {
    it("keep every member", async () => {
      const input = bookInput({
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
        shelves.insertBook(database(), bookInput(more));
      await broken(insert({ isbn: "9780141439518" }), "books_isbn_key");
      await broken(insert({ category: "nowhere" }), "books_category_fkey");
      await broken(
        insert({ authorIds: [999999] }),
        "book_authors_author_id_fkey",
      );
    });

    it("are filtered by every filter at once", async () => {
      const input = bookInput({
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
            "title",
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
            "publishedOn",
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
        "-title",
        "price",
        "-price",
        "publishedOn",
        "-publishedOn",
      ] as const;
      for (const order of orders) {
        const all = await books.listBooks(database(), {}, order, {
          page: 1,
          limit: 100,
        });
        expect(all.items).toHaveLength(all.total);
        const walked: string[] = [];
        for (let page = 1; walked.length < all.total; page += 1) {
          const part = await books.listBooks(database(), {}, order, {
            page,
            limit: 2,
          });
          expect(part.items.length).toBeGreaterThan(0);
          walked.push(...part.items.map((book) => book.id));
        }
        expect(walked, order).toEqual(all.items.map((book) => book.id));
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
      const input = bookInput({ subtitle: "Old", tags: ["a"] });
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
      const id = await shelves.insertBook(database(), bookInput({ tags: [] }));
      await broken(
        shelves.replaceBook(
          database(),
          id,
          bookInput({ title: "Half", authorIds: [999999] }),
        ),
        "book_authors_author_id_fkey",
      );
      const kept = await books.findBook(database(), id);
      expect(kept).toMatchObject({ title: "A Storage Test", authorIds: [1] });
      const next = bookInput({ title: "Whole", authorIds: [4, 2] });
      expect(await shelves.replaceBook(database(), id, next)).toBe(true);
      const book = await books.findBook(database(), id);
      expect(book).toMatchObject(next);
      expect(book).not.toHaveProperty("tags");
    });

    it("go away unless somebody ordered them", async () => {
      const id = await shelves.insertBook(database(), bookInput());
      expect(await shelves.deleteBook(database(), id)).toBe(true);
      expect(await shelves.deleteBook(database(), id)).toBe(false);
    });
  });

  describe("categories", () => {
    it("refuse a tree that lists a slug twice, and keep the old one", async () => {
      const before = await categories.readCategoryTree(database());
      await expect(
        categories.replaceCategoryTree(database(), [
          { slug: "twin", name: "A", children: [{ slug: "twin", name: "B" }] },
        ]),
      ).rejects.toThrow(categories.DuplicateSlug);
      expect(await categories.readCategoryTree(database())).toEqual(before);
    });

    it("take a tree of any depth", async () => {
      const before = await categories.readCategoryTree(database());
      let deep = { slug: "d-0", name: "Deep" } as (typeof before)[number];
      for (let depth = 1; depth < 60; depth += 1) {
        deep = { slug: `d-${depth}`, name: "Deep", children: [deep] };
      }
      await categories.replaceCategoryTree(database(), [...before, deep]);
      expect(await categories.findCategory(database(), "d-59")).toEqual(deep);
      await categories.replaceCategoryTree(database(), before);
      expect(await categories.readCategoryTree(database())).toEqual(before);
    });

    it("stay while a book stands in them", async () => {
      await broken(
        categories.replaceCategoryTree(database(), [
          { slug: "poetry", name: "Poetry" },
        ]),
        "books_category_fkey",
      );
    });
  });

  describe("reviews", () => {
    it("make the rating of their book and are filtered by it", async () => {
      const id = await shelves.insertBook(database(), bookInput());
      const text = "Reads like a table of rows.";
      await reviews.insertReview(database(), id, await customer(), {
        rating: 4.5,
      });
      await reviews.insertReview(database(), id, await customer(), {
        rating: 2,
        text,
      });
      expect((await books.findBook(database(), id))?.rating).toBe(3.25);
      const ratings = async (filter: reviews.ReviewFilter) =>
        (await reviews.listReviews(database(), id, filter, FIRST)).items.map(
          (review) => review.rating,
        );
      expect(await ratings({})).toEqual([2, 4.5]);
      expect(await ratings({ minRating: 4.5 })).toEqual([4.5]);
      expect(await ratings({ maxRating: 4 })).toEqual([2]);
      expect(await ratings({ hasText: true })).toEqual([2]);
      expect(await ratings({ hasText: false })).toEqual([4.5]);
    });

    it("are written once by a customer", async () => {
      const id = await customer();
      const write = () =>
        reviews.insertReview(database(), PRIDE, id, { rating: 5 });
      const review = await write();
      expect(await reviews.findReviewer(database(), review)).toBe(id);
      await broken(write(), "reviews_once");
      await reviews.deleteReview(database(), review);
      expect(await reviews.findReview(database(), review)).toBeUndefined();
    });
  });

  describe("sessions", () => {
    it("lead to their customer until they end", async () => {
      const id = await customer();
      const token = `hash-${++serial}`;
      const end = await customers.insertSession(database(), id, token);
      expect(end).toMatch(/Z$/);
      expect(await customers.findSession(database(), token)).toBe(id);
      await database().query(
        sql`update sessions set expires_at = now() where token_hash = ${token}`,
      );
      expect(await customers.findSession(database(), token)).toBeUndefined();
    });
  });

  describe("customers", () => {
    it("have one account per address, in whatever case", async () => {
      const email = `Storage-${++serial}@Example.com`;
      const account = { email, name: "Ada", passwordHash: "hash" };
      const made = await customers.insertCustomer(database(), account);
      expect(
        await customers.findAccount(database(), { email: email.toUpperCase() }),
      ).toEqual({ customer: made, passwordHash: "hash" });
      await broken(
        customers.insertCustomer(database(), {
          ...account,
          email: email.toLowerCase(),
        }),
        "customers_email_key",
      );
    });

    it("keep preferences of any scalar", async () => {
      const id = await customer();
      const preferences = { theme: "dark", size: 1.5, news: false };
      await customers.replacePreferences(database(), id, preferences);
      expect(await customers.readPreferences(database(), id)).toEqual(
        preferences,
      );
    });
  });

  describe("orders", () => {
    const shipTo = { name: "A", street: "B 1", city: "C", country: "DE" };
    const invoice = { kind: "invoice", company: "A", dueInDays: 14 } as const;
    const stocked = async (stock: Record<string, number>) => {
      const id = await shelves.insertBook(database(), bookInput());
      await shelves.replaceStock(database(), id, stock);
      return id;
    };
    const stockOf = async (id: string) =>
      (await books.findBook(database(), id))?.stock;

    it("take copies from the shelves, give them back when cancelled", async () => {
      const owner = await customer();
      const bookId = await stocked({ BER: 2, PAR: 3 });
      const placed = await placing.placeOrder(database(), owner, {
        lines: [{ bookId, quantity: 4 }],
        shipTo,
        payment: {
          kind: "card",
          number: "4111111111111111",
          cvc: "123",
          expiry: [12, 2030],
        },
        labels: { for: "club" },
      });
      if ("refusal" in placed) throw new Error(placed.refusal.kind);
      expect(await stockOf(bookId)).toBe(1);
      const order = await orders.findOrder(database(), placed.id, owner);
      expect(order).toEqual({
        id: placed.id,
        status: "placed",
        lines: [
          {
            bookId,
            quantity: 4,
            title: "A Storage Test",
            unitPrice: { amount: 500, currency: "EUR" },
          },
        ],
        total: { amount: 2000, currency: "EUR" },
        shipTo,
        payment: { kind: "card", expiry: [12, 2030], lastFour: "1111" },
        labels: { for: "club" },
        createdAt: order?.createdAt,
      });
      const cancel = () =>
        placing.cancelOrder(database(), placed.id, owner, "too slow");
      expect(await cancel()).toBe("done");
      expect(await cancel()).toBe("too late");
      expect(await stockOf(bookId)).toBe(5);
      await broken(
        shelves.deleteBook(database(), bookId),
        "order_lines_book_id_fkey",
      );
    });

    it("change nothing when they are refused", async () => {
      const owner = await customer();
      const first = await stocked({ BER: 5 });
      const second = await stocked({ BER: 1 });
      const place = (bookId: string, quantity: number) =>
        placing.placeOrder(database(), owner, {
          lines: [
            { bookId: first, quantity: 1 },
            { bookId, quantity },
          ],
          shipTo,
          payment: invoice,
        });
      expect(await place(second, 2)).toEqual({
        refusal: { kind: "out of stock", bookId: second, left: 1 },
      });
      expect(await place(NOBODY, 1)).toEqual({
        refusal: { kind: "unknown book", bookId: NOBODY },
      });
      await shelves.patchBook(database(), second, {
        price: { amount: 1, currency: "USD" },
      });
      expect(await place(second, 1)).toEqual({
        refusal: { kind: "mixed currencies", bookId: second },
      });
      await shelves.patchBook(database(), second, { status: "out-of-print" });
      expect(await place(second, 1)).toEqual({
        refusal: { kind: "not for sale", bookId: second },
      });
      expect([await stockOf(first), await stockOf(second)]).toEqual([5, 1]);
      expect(
        (await orders.listOrders(database(), { customerId: owner }, FIRST))
          .total,
      ).toBe(0);
    });

    it("never sell a copy twice, however many come at once", async () => {
      const owner = await customer();
      const bookId = await stocked({ BER: 3, PAR: 2 });
      const results = await Promise.all(
        Array.from({ length: 9 }, () =>
          placing.placeOrder(database(), owner, {
            lines: [{ bookId, quantity: 1 }],
            shipTo,
            payment: invoice,
          }),
        ),
      );
      expect(results.filter((each) => "id" in each)).toHaveLength(5);
      expect(await stockOf(bookId)).toBe(0);
    });

    it("are listed for their owner, by state and time", async () => {
      const owner = await customer();
      const bookId = await stocked({ BER: 9 });
      const ids: string[] = [];
      for (let count = 0; count < 2; count += 1) {
        const placed = await placing.placeOrder(database(), owner, {
          lines: [{ bookId, quantity: 1 }],
          shipTo,
          payment: invoice,
        });
        if ("id" in placed) ids.unshift(placed.id);
      }
      const [newest = "", oldest = ""] = ids;
      expect(await placing.shipOrder(database(), oldest)).toBe("done");
      expect(await placing.shipOrder(database(), oldest)).toBe("too late");
      expect(await placing.shipOrder(database(), "ord_none")).toBe("not found");
      const list = async (filter: orders.OrderFilter) =>
        (
          await orders.listOrders(
            database(),
            { customerId: owner, ...filter },
            FIRST,
          )
        ).items.map((order) => order.id);
      expect(await list({})).toEqual([newest, oldest]);
      expect(await list({ statuses: ["shipped"] })).toEqual([oldest]);
      expect(await list({ since: "2999-01-01T00:00:00Z" })).toEqual([]);
      expect(await list({ customerId: NOBODY })).toEqual([]);
    });
  });
}
