/** Filters, orders and selections of books over HTTP. */
import type { AnyCondition, Sort } from "@kontract/runtime";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Book } from "../../../generated/index.js";
import {
  AMOUNTS,
  DAYS,
  idsOf,
  someCondition,
  someSort,
  STATUSES,
  TITLES,
} from "../storage/querying-model.js";
import type { Visit } from "../visit.js";

/** What is tried on every service that has a database. */
const PAYLOADS = [
  "'",
  "' OR '1'='1",
  "' OR 1=1--",
  "'; DROP TABLE books;--",
  '" OR ""="',
  "1) OR (1=1",
  "') UNION SELECT token_hash, null FROM sessions--",
  "1; SELECT pg_sleep(5)--",
  "1 AND (SELECT 1 FROM pg_sleep(5))",
  "title; DROP TABLE books",
  "title desc, (select 1/0)",
  "(CASE WHEN (1=1) THEN title ELSE id END)",
  "b.title",
  "password_hash",
  "$1",
  "${1}",
  String.raw`\'; --`,
  "%27%20OR%201=1",
  "1/**/OR/**/1=1",
  "' || (SELECT version()) || '",
  "__proto__",
  "constructor",
];

export function queryingOverHttp(visit: Visit): void {
  const get = async (query: string) => {
    const response = await fetch(`${visit.shop.url}/books?${query}`);
    const body: unknown = await response.json();
    return { status: response.status, body: Object(body) };
  };
  const total = async (): Promise<unknown> => (await get("limit=1")).body.total;

  describe("books that clients ask for", () => {
    it("are those of the model, in its order", async () => {
      const tag = "querying-http";
      for (let at = 0; at < 24; at++) {
        await visit.createBook({
          tags: [tag],
          title: TITLES[at % TITLES.length],
          status: STATUSES[at % STATUSES.length],
          publishedOn: DAYS[at % DAYS.length],
          price: { amount: AMOUNTS[at % 5] ?? 200, currency: "EUR" },
        });
      }
      const all: Book[] = (await get(`tag=${tag}&limit=100`)).body.items;
      expect(all).toHaveLength(24);
      // Titles are compared as the database collates them, which is no matter of this test.
      const sorts = someSort.map((sort) =>
        sort.filter(({ field }) => field !== "title"),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(someCondition, {
            maxLength: 3,
            selector: ({ field, operator }) => `${field} ${operator}`,
          }),
          sorts,
          async (conditions, sort) => {
            // An empty text is no prefix that anybody would ask for, but it is one.
            const query = [
              `tag=${tag}&limit=100`,
              ...conditions.map(parameterOf),
              `sort=${sortText(sort)}`,
            ].join("&");
            const answer = await visit.shop.send("listBooks", { query });
            const items: Book[] = Object(answer.body).items;
            // Without a key, the default order is by title.
            const ids = items.map(({ id }) => id);
            const expected = idsOf(all, conditions, sort);
            if (sort.length > 1) expect(ids).toEqual(expected);
            else expect(ids.toSorted()).toEqual(expected.toSorted());
          },
        ),
        { numRuns: 40 },
      );
    });

    it("have the members that were chosen, and no others", async () => {
      const { status, body } = await get("limit=1&fields=isbn,title");
      expect(status).toBe(200);
      expect(body.limit).toBe(1);
      expect(Object.keys(body.items[0])).toEqual(["isbn", "title"]);
      for (const name of ["updatedAt", "password_hash", "price.amount"]) {
        expect((await get(`fields=${name}`)).status, name).toBe(400);
      }
    });

    it("are not harmed by what is tried on databases", async () => {
      const before = await total();
      for (const payload of PAYLOADS) {
        const text = encodeURIComponent(payload);
        for (const query of [
          `filter[title]=${text}`,
          `filter[title][contains]=${text}`,
          `filter[title][startsWith]=${text}`,
          `filter[isbn][in]=${text}`,
        ]) {
          const { status, body } = await get(query);
          const items: { title: string }[] = body.items;
          expect(status, query).toBe(200);
          const hits = items.filter(({ title }) => !title.includes(payload));
          expect(hits, query).toEqual([]);
        }
        for (const query of [
          `filter[${text}]=a`,
          `filter[title][${text}]=a`,
          `filter[status]=${text}`,
          `filter[publishedOn][gte]=${text}`,
          `filter[price.amount][gt]=${text}`,
          `sort=${text}`,
          `sort=-${text}`,
          `fields=${text}`,
        ]) {
          expect((await get(query)).status, query).toBe(400);
        }
      }
      expect(await total()).toBe(before);
    });
  });
}

function parameterOf({ field, operator, value }: AnyCondition): string {
  const name = `filter[${field}][${operator}]`;
  return `${name}=${encodeURIComponent(String(value))}`;
}

function sortText(sort: Sort): string {
  return sort
    .filter(({ field }) => field !== "id")
    .map(({ field, direction }) => (direction === "desc" ? `-${field}` : field))
    .join(",");
}
