/** What the drivers promise, and the tables. */
import { describe, expect, it } from "vitest";
import * as authors from "../../../example-app/src/storage/authors.js";
import * as books from "../../../example-app/src/storage/books.js";
import { migrate } from "../../../example-app/src/storage/schema.js";
import { seed } from "../../../example-app/src/storage/seed.js";
import { sql } from "../../../example-app/src/storage/sql.js";
import type { Fixtures } from "./fixtures.js";

const PRIDE = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01";
const FIRST = { offset: 0, limit: 20 };

export function tablesContract(fixtures: Fixtures): void {
  const { database } = fixtures;

  describe("values", () => {
    it("come back alike from both drivers", async () => {
      const rows = await database().query(sql`
        select 9007199254740991::bigint as big, 7::integer as small,
          '2026-03-29 01:30:00.25+00'::timestamptz as moment,
          '2024-02-29'::date as day, 1.5::float8 as real, true as yes,
          array['a', 'b,"c'] as texts, '{"a": [1, null]}'::jsonb as tree,
          null::text as nothing`);
      expect(rows).toEqual([
        {
          big: 9007199254740991,
          small: 7,
          moment: "2026-03-29T01:30:00.25Z",
          day: "2024-02-29",
          real: 1.5,
          yes: true,
          texts: ["a", 'b,"c'],
          tree: { a: [1, null] },
          nothing: null,
        },
      ]);
    });

    it("beyond the safe integers are refused rather than rounded", async () => {
      await expect(
        database().query(sql`select 9007199254740993::bigint as big`),
      ).rejects.toThrow(RangeError);
    });

    it("are bound, whatever they look like", async () => {
      const hostile = "'; drop table books; --";
      const rows = await database().query(
        sql`select ${hostile}::text as text, ${["$1", hostile]}::text[] as list`,
      );
      expect(rows).toEqual([{ text: hostile, list: ["$1", hostile] }]);
      expect(
        await authors.listAuthors(database(), { name: hostile }, FIRST),
      ).toEqual({ items: [], total: 0 });
      expect(await books.hasBook(database(), PRIDE)).toBe(true);
    });
  });

  describe("tables", () => {
    it("stay as they are when migrated and seeded again", async () => {
      const count = () =>
        database().query(sql`select (select count(*) from books) as books,
          (select count(*) from schema_steps) as steps`);
      const before = await count();
      await migrate(database());
      await seed(database());
      expect(await count()).toEqual(before);
    });
  });

  describe("a transaction", () => {
    it("undoes everything when its work fails", async () => {
      const name = `Undone ${fixtures.serial()}`;
      await expect(
        database().transaction(async (inner) => {
          await authors.insertAuthor(inner, { name });
          throw new Error("changed my mind");
        }),
      ).rejects.toThrow("changed my mind");
      expect(
        (await authors.listAuthors(database(), { name }, FIRST)).total,
      ).toBe(0);
    });
  });
}
