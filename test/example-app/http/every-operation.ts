/** What holds for every operation over HTTP, and that none was left out. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../shop.js";
import { PNG, type Visit } from "../visit.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
/** Path parameters that lead to nothing, and that cannot lead anywhere. */
const ABSENT = {
  bookId: NOBODY,
  reviewId: NOBODY,
  authorId: 999999,
  orderId: "ord_ffffffffffff",
  slug: "nowhere",
};
const IMPOSSIBLE = {
  bookId: "no-uuid",
  reviewId: "no-uuid",
  authorId: "three",
  orderId: "ord_x",
  slug: "No Slug",
};

/** Bodies that can be parsed and are wrong; `{}` for all others. */
const WRONG_BODIES: Record<string, unknown> = {
  replaceCategoryTree: [],
  replaceStock: { berlin: 1 },
  replacePreferences: { theme: null },
};

export function everyOperationOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  const declaring = (key: string) =>
    [...visit.shop.operations.values()].filter((each) => each.answers.has(key));

  describe("every operation", () => {
    it("that is secured refuses a stranger and a wrong credential", async () => {
      for (const { id, node } of declaring("401")) {
        if (node["security"] === undefined) continue;
        const stranger = await visit.shop.send(id, { params: ABSENT });
        expect(stranger.status, id).toBe(401);
        expect(stranger.headers.get("www-authenticate"), id).not.toBeNull();
        const wrong = { "x-api-key": "no", authorization: "Bearer no" };
        const ask = { params: ABSENT, headers: wrong };
        expect(await visit.status(id, ask), id).toBe(401);
      }
    });

    it("with parameters or a body refuses what cannot be parsed", async () => {
      for (const { id, path, node } of declaring("400")) {
        const hasPath = path.includes("{");
        const hasBody = node["requestBody"] !== undefined;
        const answer = await visit.shop.send(id, {
          ...(await visit.entitled(id)),
          params: IMPOSSIBLE,
          ...(!hasPath && !hasBody && { query: "limit=none&category=%20" }),
          ...(hasBody && !hasPath && { body: "{" }),
        });
        expect(answer.status, id).toBe(400);
      }
    });

    it("with a body refuses what its schema refuses", async () => {
      for (const { id } of declaring("422")) {
        const answer = await visit.shop.send(id, {
          ...(await visit.entitled(id)),
          params: ABSENT,
          body: WRONG_BODIES[id] ?? {},
        });
        expect(answer.status, id).toBe(422);
        expect(members(answer).errors.length, id).toBeGreaterThan(0);
      }
    });

    it("on one thing says when there is none", async () => {
      const bodies: Record<string, object> = {
        replaceBook: visit.bookInput(),
        patchBook: { title: "x" },
        replaceStock: { BER: 1 },
        replaceCover: PNG,
        createReview: { rating: 5 },
        shipOrder: {},
      };
      const all = [...declaring("404"), ...declaring("4XX")];
      for (const { id, node } of all) {
        const body = node["requestBody"] && bodies[id];
        const answer = await visit.shop.send(id, {
          ...(await visit.entitled(id)),
          params: ABSENT,
          ...(body !== undefined && { body }),
        });
        expect(answer.status, id).toBe(404);
        expect(members(answer)).toMatchObject({
          title: "Not Found",
          status: 404,
        });
      }
    });

    it("has answered every status that it declares", () => {
      const declared = [...visit.shop.operations.values()].flatMap(
        ({ id, answers }) => [...answers.keys()].map((key) => `${id} ${key}`),
      );
      expect(declared.filter((each) => !visit.shop.seen.has(each))).toEqual([]);
    });
  });

  describe("paths", () => {
    it("outside of the document are not found, other methods not allowed", async () => {
      const missing = await fetch(`${visit.shop.url}/nothing`);
      expect(missing.status).toBe(404);
      expect(missing.headers.get("content-type")).toMatch(/problem\+json/);
      const wrong = await fetch(`${visit.shop.url}/books/featured`, {
        method: "POST",
      });
      expect(wrong.status).toBe(405);
      expect(wrong.headers.get("allow")).toMatch(/GET/);
    });
  });
}
