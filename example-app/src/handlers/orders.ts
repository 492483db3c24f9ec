/** Handlers of the group `orders`. */
import { problem } from "@kontract/runtime";
import type { Order, OrdersHandlers } from "../../../generated/index.js";
import { database } from "../database.js";
import {
  findOrder,
  listOrders,
  type OrderPosition,
} from "../storage/orders.js";
import {
  cancelOrder,
  placeOrder,
  shipOrder,
  type Refusal,
} from "../storage/place-orders.js";

declare module "@kontract/runtime" {
  interface Cursors {
    listOrders: OrderPosition;
  }
}

export const orders: OrdersHandlers = {
  async listOrders({ query, page, principal, reply }) {
    const { status, since } = query;
    const filter = { customerId: principal.id, statuses: status, since };
    const { cursor: after, limit } = page;
    const found = await listOrders(database(), filter, { after, limit });
    return reply.ok(found.items, found.next && { next: found.next });
  },

  async createOrder({ body, principal, reply }) {
    const placed = await placeOrder(database(), principal.id, body);
    if ("refusal" in placed) {
      return reply.conflict({ detail: explain(placed.refusal) });
    }
    const order = await findOrder(database(), placed.id);
    if (order === undefined) throw new Error(`order ${placed.id} has vanished`);
    const location = `/orders/${placed.id}`;
    return reply.created(order, { headers: { location } });
  },

  async getOrder({ params, principal, reply }) {
    const order = await findOrder(database(), params.orderId, principal.id);
    return order ? reply.ok(order) : reply.notFound(missing(params.orderId));
  },

  async cancelOrder({ params, body, principal, reply }) {
    const { orderId } = params;
    const outcome = await cancelOrder(
      database(),
      orderId,
      principal.id,
      body?.reason,
    );
    if (outcome === "too late") {
      return reply.conflict({ detail: "the order is shipped or cancelled" });
    }
    const order = await findOrder(database(), orderId, principal.id);
    return order ? reply.ok(order) : reply.notFound(missing(orderId));
  },

  async shipOrder({ params, reply }) {
    const { orderId } = params;
    const outcome = await shipOrder(database(), orderId);
    if (outcome === "too late") {
      throw problem.conflict({ detail: "the order is shipped or cancelled" });
    }
    const order = await findOrder(database(), orderId);
    if (order === undefined) throw problem.notFound(missing(orderId));
    return reply.ok(order);
  },

  async getReceipt({ params, principal, reply, ctx }) {
    const order = await findOrder(database(), params.orderId, principal.id);
    if (order === undefined) return reply.notFound(missing(params.orderId));
    const lines = order.lines.map((line) => `${line.quantity} × ${line.title}`);
    if (ctx.accepts("application/json", "text/plain") === "text/plain") {
      return reply.ok(print(order, lines), { type: "text/plain" });
    }
    return reply.ok({
      orderId: order.id,
      total: order.total,
      lines,
      issuedAt: order.createdAt,
    });
  },
};

function missing(orderId: string): { detail: string } {
  return { detail: `no order ${orderId} of yours` };
}

function explain(refusal: Refusal): string {
  const book = `book ${refusal.bookId}`;
  switch (refusal.kind) {
    case "unknown book":
      return `there is no ${book}`;
    case "not for sale":
      return `${book} is not for sale now`;
    case "mixed currencies":
      return `${book} is sold in another currency than the first one`;
    case "out of stock":
      return `only ${refusal.left} of ${book} are left`;
  }
}

function print(order: Order, lines: readonly string[]): string {
  const { amount, currency } = order.total;
  const total = `total ${(amount / 100).toFixed(2)} ${currency}`;
  return [order.id, ...lines, total, ""].join("\n");
}
