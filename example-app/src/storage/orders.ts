/** Room `storage`: reading orders. */
import type { Order, OrderLine } from "../../../generated/index.js";
import type { Database } from "./database.js";
import { and, sql, type Sql } from "./sql.js";

export interface OrderFilter {
  customerId?: string | undefined;
  statuses?: readonly Order["status"][] | undefined;
  since?: string | undefined;
}

interface OrderRow {
  id: string;
  status: Order["status"];
  total_amount: number;
  total_currency: Order["total"]["currency"];
  ship_to: Order["shipTo"];
  payment: Order["payment"];
  gift_message: string | null;
  gift_from: string | null;
  labels: NonNullable<Order["labels"]> | null;
  cancel_reason: string | null;
  created_at: string;
  lines: OrderLine[];
}

const SELECT = sql`
  select o.*, (
    select jsonb_agg(jsonb_build_object(
      'bookId', l.book_id, 'quantity', l.quantity, 'title', l.title,
      'unitPrice', jsonb_build_object(
        'amount', l.unit_amount, 'currency', l.unit_currency)
    ) order by l.position)
    from order_lines l where l.order_id = o.id
  ) as lines
  from orders o`;

/** Where a page of orders ends; the next one begins behind it. */
export interface OrderPosition {
  createdAt: string;
  id: string;
}

/** Newest first, from behind `after` on: what is placed or gone meanwhile moves nothing. */
export async function listOrders(
  database: Database,
  filter: OrderFilter,
  page: { after?: OrderPosition | undefined; limit: number },
): Promise<{ items: Order[]; next?: OrderPosition }> {
  const all = conditions(filter);
  const { after, limit } = page;
  if (after !== undefined) {
    all.push(sql`(o.created_at, o.id)
      < (${after.createdAt}::timestamptz, ${after.id})`);
  }
  // One more than asked for tells whether there is a next page.
  const rows = await database.query<OrderRow>(sql`
    ${SELECT} where ${and(all)} order by o.created_at desc, o.id desc
    limit ${limit + 1}`);
  const items = rows.slice(0, limit).map(toOrder);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: { createdAt: last.createdAt, id: last.id } };
}

/** With `customerId` only that customer's own orders are found. */
export async function findOrder(
  database: Database,
  id: string,
  customerId?: string,
): Promise<Order | undefined> {
  const where = and([sql`o.id = ${id}`, ...conditions({ customerId })]);
  const [row] = await database.query<OrderRow>(sql`${SELECT} where ${where}`);
  return row && toOrder(row);
}

function conditions(filter: OrderFilter): Sql[] {
  const all: Sql[] = [];
  if (filter.customerId !== undefined) {
    all.push(sql`o.customer_id = ${filter.customerId}`);
  }
  if (filter.statuses !== undefined) {
    all.push(sql`o.status = any(${filter.statuses}::text[])`);
  }
  if (filter.since !== undefined) {
    all.push(sql`o.created_at >= ${filter.since}::timestamptz`);
  }
  return all;
}

function toOrder(row: OrderRow): Order {
  return {
    id: row.id,
    status: row.status,
    lines: row.lines,
    total: { amount: row.total_amount, currency: row.total_currency },
    shipTo: row.ship_to,
    payment: row.payment,
    ...(row.gift_message !== null && { giftMessage: row.gift_message }),
    ...(row.gift_from !== null && { giftFrom: row.gift_from }),
    ...(row.labels !== null && { labels: row.labels }),
    ...(row.cancel_reason !== null && { cancelReason: row.cancel_reason }),
    createdAt: row.created_at,
  };
}
