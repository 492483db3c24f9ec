/** Proofs on the example itself, over a real PostgreSQL. */
import { openDatabase } from "../../example-app/src/storage/open-database.js";
import type { Database } from "../../example-app/src/storage/database.js";
import { sql } from "../../example-app/src/storage/sql.js";
import { findPostgres, startCluster } from "../example-app/postgres-cluster.js";
import { openShop, type Shop } from "../example-app/shop.js";
import { demand, type Figures, type Proof, sized } from "./proof.js";

const PRIDE = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01";

async function inBookstore(
  work: (shop: Shop, database: Database) => Promise<Figures>,
): Promise<Figures> {
  const bin = findPostgres();
  if (bin === undefined) throw new Error("PostgreSQL is not installed");
  const cluster = await startCluster(bin);
  const database = await openDatabase({
    url: cluster.url,
    onError: (error) => process.stderr.write(`${error.message}\n`),
  });
  const shop = await openShop(database);
  try {
    return await work(shop, database);
  } finally {
    await shop.close();
    await database.close();
    await cluster.stop();
  }
}

export const twoWriters: Proof = {
  claim:
    "two writers on one entity tag over PostgreSQL, 1,000 rounds: exactly one wins",
  prove: (scale) =>
    inBookstore(async (shop) => {
      const rounds = sized(1_000, scale);
      const figures: Figures = { rounds, oneWon: 0, lostUpdates: 0 };
      const params = { bookId: PRIDE };
      for (let round = 0; round < rounds; round++) {
        const before = await shop.send("getBook", { params });
        const tag = before.headers.get("etag") ?? "";
        const write = (writer: string) =>
          shop.send("patchBook", {
            staff: true,
            params,
            headers: { "if-match": tag },
            body: { title: `Round ${round} of ${writer}` },
          });
        const answers = await Promise.all([write("one"), write("two")]);
        const statuses = answers.map(({ status }) => status).toSorted();
        if (statuses.join() === "200,412") {
          figures["oneWon"] = Number(figures["oneWon"]) + 1;
        }
        const won = answers.find(({ status }) => status === 200);
        const after = await shop.send("getBook", { params });
        if (Object(won?.body).title !== Object(after.body).title) {
          figures["lostUpdates"] = Number(figures["lostUpdates"]) + 1;
        }
      }
      demand(figures, { oneWon: rounds, lostUpdates: 0 });
      return figures;
    }),
};

export const cursorWalk: Proof = {
  claim:
    "20 walks through 300 orders by cursor while orders are placed and vanish: no gap, no duplicate",
  prove: (scale) =>
    inBookstore(async (shop, database) => {
      const walks = sized(20, scale);
      const figures: Figures = {
        walks,
        pages: 0,
        written: 0,
        gaps: 0,
        duplicates: 0,
      };
      const add = (name: string, count = 1): void => {
        figures[name] = Number(figures[name]) + count;
      };
      const token = await shop.signUp();
      const me = await shop.send("getMe", { token });
      const owner = String(Object(me.body).id);
      for (let walk = 0; walk < walks; walk++) {
        const stay = await placeOrders(database, owner, 200);
        const go = await placeOrders(database, owner, 100);
        let walking = true;
        const writing = (async () => {
          while (walking) {
            const gone = go.splice(0, 3);
            await database.query(
              sql`delete from orders where id = any(${gone}::text[])`,
            );
            await placeOrders(database, owner, 2);
            add("written", gone.length + 2);
          }
        })();
        const seen: string[] = [];
        let query: string | undefined = "limit=10";
        while (query !== undefined) {
          const answer = await shop.send("listOrders", { token, query });
          const { items, next } = Object(answer.body);
          for (const { id } of items) seen.push(id);
          add("pages");
          query = next === null ? undefined : `limit=10&cursor=${next}`;
        }
        walking = false;
        await writing;
        const found = new Set(seen);
        add("duplicates", seen.length - found.size);
        add("gaps", stay.filter((id) => !found.has(id)).length);
        await database.query(
          sql`delete from orders where customer_id = ${owner}`,
        );
      }
      demand(figures, { gaps: 0, duplicates: 0 });
      return figures;
    }),
};

/** Orders of random moments of the last hours, many of them of the same one; gives their ids. */
async function placeOrders(
  database: Database,
  owner: string,
  count: number,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql`
    with placed as (
      insert into orders (customer_id, total_amount, total_currency, ship_to,
        payment, created_at)
      select ${owner}, 1, 'EUR',
        '{"name":"A","street":"B","city":"C","country":"DE"}',
        '{"kind":"invoice","company":"A","dueInDays":14}',
        date_trunc('minute', now())
          - floor(random() * 60) * interval '1 minute'
      from generate_series(1, ${count}::integer)
      returning id
    )
    insert into order_lines (order_id, position, book_id, quantity, title,
      unit_amount, unit_currency, taken)
    select id, 0, ${PRIDE}::uuid, 1, 'x', 1, 'EUR', '{}' from placed
    returning order_id as id`);
  return rows.map(({ id }) => id);
}
