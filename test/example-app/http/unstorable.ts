/** Values that the contract allows and no database has room for. */
import { describe, expect, it } from "vitest";
import type { Visit } from "../visit.js";

export function unstorableOverHttp(visit: Visit): void {
  describe("values that PostgreSQL cannot hold", () => {
    it.each(["0000-01-01", "0000-12-31"])(
      "are faults of the client: the day %s",
      async (day) => {
        for (const query of [
          `publishedAfter=${day}`,
          `filter=${encodeURIComponent(`publishedOn lt ${day}`)}`,
        ]) {
          expect(await visit.status("listBooks", { query })).toBe(400);
        }
        const body = visit.bookInput({ publishedOn: day });
        expect(await visit.status("createBook", { staff: true, body })).toBe(
          400,
        );
      },
    );

    it("are faults of the client: a NUL in a text", async () => {
      const body = {
        email: "nul@example.com",
        name: "A\0da",
        password: "correct horse battery",
      };
      const answer = await visit.shop.send("registerCustomer", { body });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).not.toMatch(/encoding|UTF8|22021/);
    });

    it("are faults of the client: half a surrogate pair in JSON", async () => {
      const { token } = visit;
      const body = '{"key":"\\ud800"}';
      expect(await visit.status("replacePreferences", { token, body })).toBe(
        400,
      );
    });
  });
}
