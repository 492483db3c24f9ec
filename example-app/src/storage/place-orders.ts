/** Room `storage`: placing, sending and cancelling orders, and the stock that goes with it. */
import type {
  Order,
  OrderInput,
  PaymentInput,
} from "../../../generated/index.js";
import { only, type Database } from "./database.js";
import { json, sql } from "./sql.js";

/** Why an order could not be placed. */
export type Refusal =
  | {
      kind: "unknown book" | "not for sale" | "mixed currencies";
      bookId: string;
    }
  | { kind: "out of stock"; bookId: string; left: number };

/** Copies by branch. */
type Copies = Record<string, number>;

interface PricedLine {
  bookId: string;
  quantity: number;
  title: string;
  amount: number;
  currency: string;
  taken: Copies;
}

/** Takes the copies from the shelves and writes the order down: both or neither. */
export async function placeOrder(
  database: Database,
  customerId: string,
  order: OrderInput,
): Promise<{ id: string } | { refusal: Refusal }> {
  return undoIfRefused(database, async (inner) => {
    const priced = new Map<OrderInput["lines"][number], PricedLine>();
    // In the order of ids, so that two orders never wait for each other.
    const byBook = order.lines.toSorted((a, b) =>
      a.bookId < b.bookId ? -1 : 1,
    );
    for (const line of byBook) {
      const taken = await takeLine(inner, line.bookId, line.quantity);
      if ("refusal" in taken) return taken;
      priced.set(line, taken);
    }
    const lines = order.lines.flatMap((line) => priced.get(line) ?? []);
    const currency = lines[0]?.currency ?? "EUR";
    const other = lines.find((line) => line.currency !== currency);
    if (other !== undefined) {
      return { refusal: { kind: "mixed currencies", bookId: other.bookId } };
    }
    const total = lines.reduce(
      (sum, line) => sum + line.amount * line.quantity,
      0,
    );
    const row = only(
      await inner.query<{ id: string }>(sql`
      insert into orders (customer_id, total_amount, total_currency, ship_to,
        payment, gift_message, gift_from, labels)
      values (${customerId}, ${total}, ${currency},
        ${json(order.shipTo)}::jsonb, ${json(toStored(order.payment))}::jsonb,
        ${order.giftMessage ?? null}, ${order.giftFrom ?? null},
        ${json(order.labels)}::jsonb)
      returning id`),
    );
    for (const [position, line] of lines.entries()) {
      await inner.query(sql`
        insert into order_lines (order_id, position, book_id, quantity, title,
          unit_amount, unit_currency, taken)
        values (${row.id}, ${position}, ${line.bookId}, ${line.quantity},
          ${line.title}, ${line.amount}, ${line.currency},
          ${json(line.taken)}::jsonb)`);
    }
    return { id: row.id };
  });
}

/** What became of an order that somebody wants to change. */
export type Outcome = "done" | "not found" | "too late";

/** Cancels an order of this customer and puts its copies back. */
export async function cancelOrder(
  database: Database,
  id: string,
  customerId: string,
  reason: string | undefined,
): Promise<Outcome> {
  return database.transaction(async (inner) => {
    const [row] = await inner.query<{ status: Order["status"] }>(sql`
      select status from orders
      where id = ${id} and customer_id = ${customerId} for update`);
    if (row === undefined) return "not found";
    if (row.status !== "placed") return "too late";
    await inner.query(sql`
      update orders set status = 'cancelled', cancel_reason = ${reason ?? null}
      where id = ${id}`);
    // In the order of ids, as orders are placed.
    await inner.query(sql`
      select 1 from books where id in (
        select book_id from order_lines where order_id = ${id})
      order by id for no key update`);
    await inner.query(sql`
      insert into stock (book_id, branch, copies)
      select l.book_id, t.key, sum(t.value::integer)
      from order_lines l, jsonb_each_text(l.taken) t
      where l.order_id = ${id}
      group by l.book_id, t.key
      on conflict (book_id, branch)
        do update set copies = stock.copies + excluded.copies`);
    return "done";
  });
}

/** Marks an order as sent. */
export async function shipOrder(
  database: Database,
  id: string,
): Promise<Outcome> {
  const sent = await database.query(sql`
    update orders set status = 'shipped'
    where id = ${id} and status = 'placed' returning 1`);
  if (sent.length > 0) return "done";
  const known = await database.query(
    sql`select 1 from orders where id = ${id}`,
  );
  return known.length > 0 ? "too late" : "not found";
}

/** The lock on the book guards its stock in all branches: whoever changes that takes it first. */
async function takeLine(
  database: Database,
  bookId: string,
  quantity: number,
): Promise<PricedLine | { refusal: Refusal }> {
  const [book] = await database.query<{
    title: string;
    status: string;
    amount: number;
    currency: string;
  }>(sql`
    select title, status, price_amount as amount, price_currency as currency
    from books where id = ${bookId} for no key update`);
  if (book === undefined) return { refusal: { kind: "unknown book", bookId } };
  if (book.status !== "in-print") {
    return { refusal: { kind: "not for sale", bookId } };
  }
  const shelves = await database.query<{ branch: string; copies: number }>(sql`
    select branch, copies from stock
    where book_id = ${bookId} and copies > 0
    order by copies desc, branch`);
  const taken: Copies = {};
  let missing = quantity;
  for (const shelf of shelves) {
    const copies = Math.min(missing, shelf.copies);
    if (copies === 0) break;
    taken[shelf.branch] = copies;
    missing -= copies;
    await database.query(sql`
      update stock set copies = copies - ${copies}::integer
      where book_id = ${bookId} and branch = ${shelf.branch}`);
  }
  if (missing > 0) {
    const left = quantity - missing;
    return { refusal: { kind: "out of stock", bookId, left } };
  }
  const { title, amount, currency } = book;
  return { bookId, quantity, title, amount, currency, taken };
}

/** Card numbers and check codes are for the payment provider; no trace of them is stored. */
function toStored(payment: PaymentInput): Order["payment"] {
  if (payment.kind !== "card") return payment;
  return {
    kind: "card",
    expiry: payment.expiry,
    lastFour: payment.number.slice(-4),
  };
}

/** Carries a refusal out of a transaction, so that what was done is undone. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = "Refused";
    this.refusal = refusal;
  }
}

async function undoIfRefused<T extends object>(
  database: Database,
  work: (database: Database) => Promise<T | { refusal: Refusal }>,
): Promise<T | { refusal: Refusal }> {
  try {
    return await database.transaction(async (inner) => {
      const result = await work(inner);
      if ("refusal" in result) throw new Refused(result.refusal);
      return result;
    });
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    throw error;
  }
}
