/** Orders over HTTP. */
import { describe, expect, it } from "vitest";
import type { Answer, Ask } from "../shop.js";
import type { Visit } from "../visit.js";

const PRIDE = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01";
const ADDRESS = { name: "A", street: "B 1", city: "C", country: "DE" };
const INVOICE = { kind: "invoice", company: "A", dueInDays: 14 };

export function ordersOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  describe("orders", () => {
    it("are placed by card, whose number is never shown again", async () => {
      const bookId = await visit.createBook();
      await visit.shop.send("replaceStock", {
        staff: true,
        params: { bookId },
        body: { BER: 2 },
      });
      const card = {
        kind: "card",
        number: "4111111111111111",
        cvc: "123",
        expiry: [12, 2030],
      };
      const body = {
        lines: [{ bookId, quantity: 2 }],
        shipTo: ADDRESS,
        payment: card,
        giftMessage: "For you",
        giftFrom: "Me",
        labels: { club: "yes" },
      };
      const placed = await visit.shop.send("createOrder", {
        token: visit.token,
        body,
      });
      expect(placed.status).toBe(201);
      expect(members(placed)).toMatchObject({
        status: "placed",
        total: { amount: 1000, currency: "EUR" },
        payment: { kind: "card", expiry: [12, 2030], lastFour: "1111" },
      });
      const { id } = members(placed);
      expect(placed.headers.get("location")).toBe(`/orders/${id}`);
      const own = await visit.shop.send("getOrder", {
        token: visit.token,
        params: { orderId: id },
      });
      expect(own.body).toEqual(placed.body);
      const refused = await visit.shop.send("createOrder", {
        token: visit.token,
        body,
      });
      expect(refused.status).toBe(409);
      // As the document's catalogue of problems has it.
      expect(members(refused)).toMatchObject({
        type: "/problems/order-refused",
        title: "The order cannot be filled",
      });
    });

    it("name the fault in the kind of payment that was chosen", async () => {
      const send = async (more: object) => {
        const answer = await visit.shop.send("createOrder", {
          token: visit.token,
          body: {
            lines: [{ bookId: PRIDE, quantity: 1 }],
            shipTo: ADDRESS,
            payment: INVOICE,
            ...more,
          },
        });
        expect(answer.status).toBe(422);
        return members(answer).errors;
      };
      const voucher = { kind: "voucher", code: "no" };
      expect(await send({ payment: voucher })).toMatchObject([
        { pointer: "#/payment/code", code: "pattern" },
      ]);
      expect(await send({ giftMessage: "For you" })).toMatchObject([
        { code: "dependentRequired" },
      ]);
      const barter = { kind: "barter" };
      const [fault] = await send({ payment: barter });
      expect(fault.pointer).toMatch(/^#\/payment/);
    });

    it("are listed for their owner only", async () => {
      const id = await visit.createOrder(await visit.createBook());
      const ids = async (ask: Ask) =>
        members(await visit.shop.send("listOrders", ask)).items.map(
          (each: { id: string }) => each.id,
        );
      expect(
        await ids({ token: visit.token, query: "status=placed|shipped" }),
      ).toContain(id);
      expect(
        await ids({ token: visit.token, query: "status=placed%7Cshipped" }),
      ).toContain(id);
      expect(
        await ids({ token: visit.token, query: "status=cancelled" }),
      ).not.toContain(id);
      const query = "since=2999-01-01T00:00:00Z";
      expect(await ids({ token: visit.token, query })).toEqual([]);
      const other = await visit.shop.signUp();
      expect(await ids({ token: other })).toEqual([]);
      const params = { orderId: id };
      expect(await visit.status("getOrder", { token: other, params })).toBe(
        404,
      );
    });

    it("are cancelled with a reason or without, until they are sent", async () => {
      const bookId = await visit.createBook();
      const first = {
        token: visit.token,
        params: { orderId: await visit.createOrder(bookId) },
      };
      const body = { reason: "Found it." };
      const cancelled = await visit.shop.send("cancelOrder", {
        ...first,
        body,
      });
      expect(members(cancelled)).toMatchObject({
        status: "cancelled",
        cancelReason: "Found it.",
      });
      expect(await visit.status("cancelOrder", first)).toBe(409);
      const second = {
        token: visit.token,
        params: { orderId: await visit.createOrder(bookId) },
      };
      const sent = await visit.shop.send("shipOrder", {
        staff: true,
        ...second,
      });
      expect(members(sent).status).toBe("shipped");
      expect(await visit.status("shipOrder", { staff: true, ...second })).toBe(
        409,
      );
      expect(await visit.status("cancelOrder", second)).toBe(409);
      const third = {
        token: visit.token,
        params: { orderId: await visit.createOrder(bookId) },
      };
      expect(await visit.status("cancelOrder", third)).toBe(200);
    });

    it("give receipts for machines and for people", async () => {
      const params = {
        orderId: await visit.createOrder(await visit.createBook()),
      };
      const machine = await visit.shop.send("getReceipt", {
        token: visit.token,
        params,
      });
      expect(members(machine).lines).toEqual(["1 × A Book over HTTP"]);
      const person = await visit.shop.send("getReceipt", {
        token: visit.token,
        params,
        headers: { accept: "text/plain" },
      });
      expect(person.body).toBe(
        `${params.orderId}\n1 × A Book over HTTP\ntotal 5.00 EUR\n`,
      );
    });
  });
}
