/** Customers, sessions and orders in storage. */
import { describe, expect, it } from "vitest";
import * as books from "../../../example-app/src/storage/books.js";
import * as customers from "../../../example-app/src/storage/customers.js";
import type { Database } from "../../../example-app/src/storage/database.js";
import * as orders from "../../../example-app/src/storage/orders.js";
import * as placing from "../../../example-app/src/storage/place-orders.js";
import * as shelves from "../../../example-app/src/storage/shelve-books.js";
import { sql } from "../../../example-app/src/storage/sql.js";
import type { Fixtures } from "./fixtures.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const FIRST = { limit: 20 };

export function customersContract(fixtures: Fixtures): void {
  const { database } = fixtures;

  describe("sessions", () => {
    it("lead to their customer until they end", async () => {
      const id = await fixtures.customer();
      const token = `hash-${fixtures.serial()}`;
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
      const email = `Storage-${fixtures.serial()}@Example.com`;
      const account = { email, name: "Ada", passwordHash: "hash" };
      const made = await customers.insertCustomer(database(), account);
      expect(
        await customers.findAccount(database(), { email: email.toUpperCase() }),
      ).toEqual({ customer: made, passwordHash: "hash" });
      await fixtures.broken(
        customers.insertCustomer(database(), {
          ...account,
          email: email.toLowerCase(),
        }),
        "customers_email_key",
      );
    });

    it("keep preferences of any scalar", async () => {
      const id = await fixtures.customer();
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
      const id = await shelves.insertBook(database(), fixtures.bookInput());
      await shelves.replaceStock(database(), id, stock);
      return id;
    };
    const stockOf = async (id: string) =>
      (await books.findBook(database(), id))?.stock;

    it("take copies from the shelves, give them back when cancelled", async () => {
      const owner = await fixtures.customer();
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
      await fixtures.broken(
        shelves.deleteBook(database(), bookId),
        "order_lines_book_id_fkey",
      );
    });

    it("change nothing when they are refused", async () => {
      const owner = await fixtures.customer();
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
          .items,
      ).toEqual([]);
    });

    it("never sell a copy twice, however many come at once", async () => {
      const owner = await fixtures.customer();
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

    it("never wait for each other in a ring", async () => {
      const owner = await fixtures.customer();
      const first = await stocked({ BER: 40, PAR: 40 });
      const second = await stocked({ LON: 40, PAR: 40 });
      const buy = async (bookIds: string[]) => {
        const placed = await placing.placeOrder(database(), owner, {
          lines: bookIds.map((bookId) => ({ bookId, quantity: 3 })),
          shipTo,
          payment: invoice,
        });
        if ("refusal" in placed) throw new Error(placed.refusal.kind);
        await placing.cancelOrder(database(), placed.id, owner, undefined);
      };
      await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          buy(at % 2 === 0 ? [first, second] : [second, first]),
        ),
      );
      expect([await stockOf(first), await stockOf(second)]).toEqual([80, 80]);
    });

    it("are found by an index, in one query however long the page", async () => {
      const owner = await fixtures.customer();
      let asked = 0;
      const counting: Database = {
        ...database(),
        query: (statement) => {
          asked += 1;
          return database().query(statement);
        },
      };
      const bookId = await stocked({ BER: 9 });
      for (let order = 0; order < 3; order++) {
        await placing.placeOrder(database(), owner, {
          lines: [{ bookId, quantity: 1 }],
          shipTo,
          payment: invoice,
        });
      }
      const page = await orders.listOrders(
        counting,
        { customerId: owner },
        { limit: 100 },
      );
      expect([page.items.length, asked]).toEqual([3, 1]);
      // With so few rows a planner would read the whole table, were it not forbidden.
      const plan = await database().transaction(async (inner) => {
        await inner.query(sql`set local enable_seqscan = off`);
        return inner.query(sql`
          explain select id from orders where customer_id = ${owner}
          order by created_at desc, id desc limit 20`);
      });
      expect(JSON.stringify(plan)).toContain("orders_by_customer");
    });

    it("are listed for their owner, by state and time", async () => {
      const owner = await fixtures.customer();
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
