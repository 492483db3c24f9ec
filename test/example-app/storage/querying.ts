/** Filters and orders in SQL give what a model in memory gives. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listBooks } from "../../../example-app/src/storage/books.js";
import { insertBook } from "../../../example-app/src/storage/shelve-books.js";
import type { Fixtures } from "./fixtures.js";
import {
  AMOUNTS,
  DAYS,
  idsOf,
  PLAIN_TITLES,
  someFilter,
  someSort,
  STATUSES,
} from "./querying-model.js";

const ALL = { offset: 0, limit: 100 };

export function queryingContract(fixtures: Fixtures): void {
  const { database } = fixtures;

  describe("filters and orders", () => {
    it("find the books that the model finds, in its order, ties included", async () => {
      const tags = [`querying-${fixtures.serial()}`];
      // Few values for many books: most keys tie.
      for (let at = 0; at < 30; at++) {
        const input = fixtures.bookInput({
          tags,
          title: PLAIN_TITLES[at % PLAIN_TITLES.length] ?? "",
          status: STATUSES[at % STATUSES.length] ?? "in-print",
          publishedOn: DAYS[at % DAYS.length] ?? null,
          price: { amount: AMOUNTS[at % 5] ?? 200, currency: "EUR" },
        });
        await insertBook(database(), input);
      }
      const byId = [{ field: "id", direction: "asc" }] as const;
      const all = await listBooks(database(), { tags }, byId, ALL);
      expect(all.items).toHaveLength(30);
      let found = 0;
      await fc.assert(
        fc.asyncProperty(someFilter, someSort, async (conditions, sort) => {
          const filter = { tags, conditions };
          const { items, total } = await listBooks(
            database(),
            filter,
            sort,
            ALL,
          );
          const ids = items.map(({ id }) => id);
          expect(ids).toEqual(idsOf(all.items, conditions, sort));
          expect(total).toBe(ids.length);
          found += total;
        }),
        { numRuns: 80 },
      );
      expect(found).toBeGreaterThan(0);
    });
  });
}
