/** Reviews over HTTP. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../shop.js";
import type { Visit } from "../visit.js";

export function reviewsOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  describe("reviews", () => {
    it("are written once, listed and filtered", async () => {
      const params = { bookId: await visit.createBook() };
      const body = { rating: 4.5, text: "Fine." };
      const written = await visit.shop.send("createReview", {
        token: visit.token,
        params,
        body,
      });
      expect(written.status).toBe(201);
      expect(
        await visit.status("createReview", {
          token: visit.token,
          params,
          body,
        }),
      ).toBe(409);
      const listed = await visit.shop.send("listReviews", {
        params,
        query: "filter[minRating]=4&filter[hasText]=true",
      });
      expect(members(listed)).toMatchObject({
        total: 1,
        items: [written.body],
      });
      const none = await visit.shop.send("listReviews", {
        params,
        query: "filter%5BmaxRating%5D=4",
      });
      expect(members(none)).toMatchObject({ total: 0, items: [] });
    });

    it("give reasons for a poor rating", async () => {
      const params = { bookId: await visit.createBook() };
      const send = (body: object) =>
        visit.status("createReview", { token: visit.token, params, body });
      expect(await send({ rating: 2 })).toBe(422);
      expect(await send({ rating: 2, text: "Bad." })).toBe(422);
      expect(await send({ rating: 2.25, text: "x".repeat(30) })).toBe(422);
      expect(await send({ rating: 2, text: "x".repeat(30) })).toBe(201);
    });

    it("are deleted by their writer or by staff", async () => {
      const params = { bookId: await visit.createBook() };
      const other = await visit.shop.signUp();
      const write = async (writer: string) => {
        const body = { rating: 5 };
        const ask = { token: writer, params, body };
        return String(members(await visit.shop.send("createReview", ask)).id);
      };
      const mine = { params: { reviewId: await write(visit.token) } };
      expect(await visit.status("getReview", mine)).toBe(200);
      expect(
        await visit.status("deleteReview", { token: other, ...mine }),
      ).toBe(403);
      expect(
        await visit.status("deleteReview", { token: visit.token, ...mine }),
      ).toBe(204);
      const others = { params: { reviewId: await write(other) } };
      expect(
        await visit.status("deleteReview", { staff: true, ...others }),
      ).toBe(204);
      expect(await visit.status("getReview", others)).toBe(404);
    });
  });
}
