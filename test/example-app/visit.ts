/** A customer's visit to a running bookstore: what the tests over HTTP have in common. */
import { expect } from "vitest";
import type { Database } from "../../example-app/src/storage/database.js";
import { sql } from "../../example-app/src/storage/sql.js";
import { openShop, type Ask, type Shop } from "./shop.js";

export interface Visit {
  open(): Promise<void>;
  close(): Promise<void>;
  /** Between `open` and `close`. */
  readonly shop: Shop;
  /** Of the customer who visits. */
  readonly token: string;
  driver(): Database["driver"];
  /** Nobody reads books while `work` runs. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** No two have the same ISBN. */
  bookInput(more?: object): Record<string, unknown>;
  /** Gives the id. */
  createBook(more?: object): Promise<string>;
  /** Orders one copy of this book, of which five are at hand; gives the id. */
  createOrder(bookId: string, token?: string): Promise<string>;
  status(operationId: string, ask?: Ask): Promise<number>;
  /** What lets a request of this operation in. */
  entitled(operationId: string): Promise<Ask>;
}

/** A picture of one pixel. */
export const PNG: Uint8Array<ArrayBuffer> = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
    "base64",
  ),
);

const ADDRESS = { name: "A", street: "B 1", city: "C", country: "DE" };
const INVOICE = { kind: "invoice", company: "A", dueInDays: 14 };

export function createVisit(database: () => Database): Visit {
  let opened: { shop: Shop; token: string } | undefined;
  let serial = 0;
  const now = () => {
    if (opened === undefined) throw new Error("the shop is not open");
    return opened;
  };
  const bookInput = (more: object = {}) => {
    serial += 1;
    return {
      isbn: `979${String(serial).padStart(10, "0")}`,
      title: "A Book over HTTP",
      authorIds: [1],
      category: "poetry",
      status: "in-print",
      price: { amount: 500, currency: "EUR" },
      formats: ["ebook"],
      ...more,
    };
  };
  return {
    async open() {
      const shop = await openShop(database());
      opened = { shop, token: await shop.signUp() };
    },
    close: () => now().shop.close(),
    get shop() {
      return now().shop;
    },
    get token() {
      return now().token;
    },
    driver: () => database().driver,
    hold: (work) =>
      database().transaction(async (inner) => {
        await inner.query(sql`lock table books in access exclusive mode`);
        return work();
      }),
    bookInput,
    async createBook(more = {}) {
      const answer = await now().shop.send("createBook", {
        staff: true,
        body: bookInput(more),
      });
      expect(answer.status).toBe(201);
      const { id } = Object(answer.body);
      expect(answer.headers.get("location")).toBe(`/books/${id}`);
      return String(id);
    },
    async createOrder(bookId, token = now().token) {
      const { shop } = now();
      await shop.send("replaceStock", {
        staff: true,
        params: { bookId },
        body: { BER: 5 },
      });
      const answer = await shop.send("createOrder", {
        token,
        body: {
          lines: [{ bookId, quantity: 1 }],
          shipTo: ADDRESS,
          payment: INVOICE,
        },
      });
      expect(answer.status).toBe(201);
      return String(Object(answer.body).id);
    },
    async entitled(operationId) {
      const { shop, token } = now();
      const { node } = shop.operations.get(operationId) ?? {};
      const [first] = (node?.["security"] ?? []) as Record<string, string[]>[];
      const scopes = first?.["partner"];
      return {
        staff: true,
        token: scopes ? await shop.partnerToken(scopes.join(" ")) : token,
        headers: { "if-match": "*", "idempotency-key": `key-${serial++}` },
      };
    },
    status: async (operationId, ask) =>
      (await now().shop.send(operationId, ask)).status,
  };
}
