/** Books over HTTP. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../shop.js";
import type { Visit } from "../visit.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";

export function booksOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  describe("books", () => {
    it("are listed by every kind of parameter", async () => {
      const answer = await visit.shop.send("listBooks", {
        query:
          "tag=classic&tag=romance&format=ebook,audio&status=in-print" +
          "&publishedAfter=1800-01-01&inStock=true&category=fiction&limit=5",
        headers: { "X-Branch": "PAR", Cookie: "currency=GBP" },
      });
      expect(answer.body).toMatchObject({
        page: 1,
        limit: 5,
        total: 1,
        items: [
          {
            title: "Pride and Prejudice",
            stock: 5,
            price: { amount: 859, currency: "GBP" },
          },
        ],
      });
      const link = answer.headers.get("link") ?? "";
      expect(
        Array.from(link.matchAll(/rel="(\w+)"/g), ([, rel]) => rel),
      ).toEqual(["first", "last", "search"]);
    });

    it("are paged by links that keep the other parameters", async () => {
      const titles: string[] = [];
      let query: string | undefined = "limit=2&tag=classic&sort=-title";
      while (query !== undefined) {
        const answer: Answer = await visit.shop.send("listBooks", { query });
        for (const { title } of members(answer).items) titles.push(title);
        const link = answer.headers.get("link") ?? "";
        query = /<\/books\?([^>]*)>; rel="next"/.exec(link)?.[1];
      }
      expect(titles).toEqual([
        "The Time Machine",
        "Pride and Prejudice",
        "On the Origin of Species",
        "Journey to the Centre of the Earth",
        "Frankenstein",
      ]);
    });

    it("are refused by parameter, the fault named", async () => {
      const answer = await visit.shop.send("listBooks", {
        query: "limit=101&format=scroll&page=1e2",
        headers: { "X-Branch": "Berlin", Cookie: "currency=DM" },
      });
      expect(answer.status).toBe(400);
      const places = members(answer).errors.map(
        (each: { in: string; parameter: string; code: string }) =>
          `${each.in} ${each.parameter} ${each.code}`,
      );
      expect(places.toSorted()).toEqual([
        "cookie currency enum",
        "header x-branch pattern",
        "query format enum",
        "query limit maximum",
        "query page type",
      ]);
    });

    it("are created, whatever read-only members are sent being dropped", async () => {
      const body = visit.bookInput({
        id: NOBODY,
        createdAt: "1999-01-01T00:00:00Z",
        dimensions: [130, 198, 36.5],
        translations: { de: "Ein Buch über HTTP" },
      });
      const answer = await visit.shop.send("createBook", { staff: true, body });
      expect(answer.status).toBe(201);
      const { id, createdAt } = members(answer);
      expect(id).not.toBe(NOBODY);
      expect(createdAt).not.toBe("1999-01-01T00:00:00Z");
      const params = { bookId: id };
      expect((await visit.shop.send("getBook", { params })).body).toEqual(
        answer.body,
      );
    });

    it("are created under an ISBN of their own", async () => {
      const body = visit.bookInput({ isbn: "9780141439518" });
      expect(await visit.status("createBook", { staff: true, body })).toBe(409);
    });

    it("are refused with every fault in the body", async () => {
      const { title: _, ...body } = visit.bookInput({
        isbn: "123",
        price: { amount: -1, currency: "EUR" },
        dimensions: [1, 2, 3, 4],
        extra: 1,
      });
      const answer = await visit.shop.send("createBook", { staff: true, body });
      expect(answer.status).toBe(422);
      const faults = members(answer).errors.map(
        (each: { pointer: string; code: string }) =>
          `${each.pointer} ${each.code}`,
      );
      expect(faults).toEqual(
        expect.arrayContaining(["#/isbn pattern", "#/price/amount minimum"]),
      );
      expect(faults).toHaveLength(5);
    });

    it("feature one that is at hand, if there is one", async () => {
      const answer = await visit.shop.send("getFeaturedBook", {
        query: "category=science",
      });
      expect(members(answer).title).toBe("On the Origin of Species");
      expect(answer.headers.get("deprecation")).toBe("@1767225600");
      expect(answer.headers.get("link")).toContain('rel="successor-version"');
      const query = "category=nowhere";
      expect(await visit.status("getFeaturedBook", { query })).toBe(204);
    });

    it("are replaced and patched", async () => {
      const bookId = await visit.createBook({ subtitle: "Old" });
      const params = { bookId };
      const body = visit.bookInput({ title: "New" });
      const replaced = await visit.shop.send("replaceBook", {
        staff: true,
        params,
        body,
        headers: { "if-match": "*" },
      });
      expect(replaced.body).toMatchObject({ ...body, subtitle: null });
      const patched = await visit.shop.send("patchBook", {
        staff: true,
        params,
        body: { status: "out-of-print", tags: ["rare"] },
      });
      expect(patched.body).toMatchObject({
        ...body,
        status: "out-of-print",
        tags: ["rare"],
      });
      for (const operation of ["replaceBook", "patchBook"]) {
        const clash =
          operation === "patchBook"
            ? { isbn: "9780141439518" }
            : visit.bookInput({ isbn: "9780141439518" });
        expect(
          await visit.status(operation, {
            staff: true,
            params,
            body: clash,
            headers: { "if-match": "*" },
          }),
        ).toBe(409);
      }
    });

    it("are deleted by staff and a customer together, unless ordered", async () => {
      const params = { bookId: await visit.createBook() };
      expect(await visit.status("deleteBook", { staff: true, params })).toBe(
        401,
      );
      expect(
        await visit.status("deleteBook", { token: visit.token, params }),
      ).toBe(401);
      const both = { staff: true, token: visit.token };
      expect(await visit.status("deleteBook", { ...both, params })).toBe(204);
      expect(await visit.status("getBook", { params })).toBe(404);
      const ordered = await visit.createBook();
      await visit.createOrder(ordered);
      const again = { params: { bookId: ordered } };
      expect(await visit.status("deleteBook", { ...both, ...again })).toBe(409);
    });
  });
}
