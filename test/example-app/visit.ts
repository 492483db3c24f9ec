/** A customer's visit to a running bookstore: what the tests over HTTP have in common. */
import { expect } from "vitest";
import type { Database } from "../../example-app/src/storage/database.js";
import { openShop, type Ask, type Shop } from "./shop.js";

export interface Visit {
  open(): Promise<void>;
  close(): Promise<void>;
  /** Between `open` and `close`. */
  readonly shop: Shop;
  /** Of the customer who visits. */
  readonly token: string;
  driver(): Database["driver"];
  /** No two have the same ISBN. */
  bookInput(more?: object): Record<string, unknown>;
  /** Gives the id. */
  createBook(more?: object): Promise<string>;
  /** Orders one copy of this book, of which five are at hand; gives the id. */
  createOrder(bookId: string): Promise<string>;
  status(operationId: string, ask?: Ask): Promise<number>;
}

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
    async createOrder(bookId) {
      const { shop, token } = now();
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
    status: async (operationId, ask) =>
      (await now().shop.send(operationId, ask)).status,
  };
}
