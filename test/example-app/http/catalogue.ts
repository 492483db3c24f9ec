/** Authors and categories over HTTP. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../shop.js";
import type { Visit } from "../visit.js";

export function catalogueOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  describe("authors", () => {
    it("are listed, created and found", async () => {
      const name = `Author ${visit.driver()}`;
      const created = await visit.shop.send("createAuthor", {
        staff: true,
        body: { name, contact: { phone: "+4930123456" } },
      });
      expect(created.status).toBe(201);
      const { id } = members(created);
      expect(created.headers.get("location")).toBe(`/authors/${id}`);
      const found = await visit.shop.send("getAuthor", {
        params: { authorId: id },
      });
      expect(found.body).toEqual(created.body);
      const listed = await visit.shop.send("listAuthors", {
        query: "q=author",
      });
      expect(members(listed).items).toEqual([created.body]);
      expect(
        await visit.status("createAuthor", { staff: true, body: { name } }),
      ).toBe(409);
    });

    it("have books", async () => {
      const answer = await visit.shop.send("listAuthorBooks", {
        params: { authorId: 5 },
      });
      expect(members(answer).items).toMatchObject([
        { title: "Journey to the Centre of the Earth" },
      ]);
    });
  });

  describe("categories", () => {
    it("are shown and replaced as trees", async () => {
      const before = await visit.shop.send("getCategoryTree");
      const leaf = { slug: "haiku", name: "Haiku" };
      const tree = members(before).map((each: { slug: string }) =>
        each.slug === "poetry" ? { ...each, children: [leaf] } : each,
      );
      const answer = await visit.shop.send("replaceCategoryTree", {
        staff: true,
        body: tree,
      });
      expect(answer.body).toEqual(tree);
      const found = await visit.shop.send("getCategory", {
        params: { slug: "haiku" },
      });
      expect(found.body).toEqual(leaf);
      expect(found.headers.get("link")).toBe(
        '</categories/haiku>; rel="self", </books?category=haiku>; rel="item", </categories>; rel="index"',
      );
      const body = [leaf];
      expect(
        await visit.status("replaceCategoryTree", { staff: true, body }),
      ).toBe(409);
      const twice = [leaf, leaf];
      expect(
        await visit.status("replaceCategoryTree", { staff: true, body: twice }),
      ).toBe(422);
    });

    it("name the fault deep in a tree", async () => {
      const answer = await visit.shop.send("replaceCategoryTree", {
        staff: true,
        body: [{ slug: "a", name: "A", children: [{ slug: "b" }] }],
      });
      expect(members(answer).errors).toMatchObject([
        { in: "body", pointer: "#/0/children/0/name", code: "required" },
      ]);
    });

    it("answer nothing but what they can", async () => {
      const headers = { accept: "image/png" };
      expect(await visit.status("getCategoryTree", { headers })).toBe(406);
    });
  });
}
