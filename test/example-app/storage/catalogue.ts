/** Authors, categories and reviews in storage. */
import { describe, expect, it } from "vitest";
import * as authors from "../../../example-app/src/storage/authors.js";
import * as books from "../../../example-app/src/storage/books.js";
import * as categories from "../../../example-app/src/storage/categories.js";
import * as reviews from "../../../example-app/src/storage/reviews.js";
import * as shelves from "../../../example-app/src/storage/shelve-books.js";
import type { Fixtures } from "./fixtures.js";

const PRIDE = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01";
const FIRST = { offset: 0, limit: 20 };

export function catalogueContract(fixtures: Fixtures): void {
  const { database } = fixtures;

  describe("authors", () => {
    it("keep what they are given and leave out what is absent", async () => {
      const name = `Keeper ${fixtures.serial()}`;
      const contact = { email: "keeper@example.com" };
      const author = await authors.insertAuthor(database(), {
        name,
        born: -43,
        contact,
      });
      expect(author).toEqual({
        id: author.id,
        name,
        born: -43,
        died: null,
        contact,
        createdAt: author.createdAt,
      });
      expect(author.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(await authors.findAuthor(database(), author.id)).toEqual(author);
    });

    it("are found by a part of their name, wildcards meaning themselves", async () => {
      const find = async (name: string) =>
        (await authors.listAuthors(database(), { name }, FIRST)).items.map(
          (each) => each.name,
        );
      expect(await find("aUSt")).toEqual(["Jane Austen"]);
      expect(await find("%")).toEqual([]);
    });

    it("bear different names", async () => {
      await fixtures.broken(
        authors.insertAuthor(database(), { name: "Jane Austen" }),
        "authors_name_key",
      );
    });
  });

  describe("categories", () => {
    it("refuse a tree that lists a slug twice, and keep the old one", async () => {
      const before = await categories.readCategoryTree(database());
      await expect(
        categories.replaceCategoryTree(database(), [
          { slug: "twin", name: "A", children: [{ slug: "twin", name: "B" }] },
        ]),
      ).rejects.toThrow(categories.DuplicateSlug);
      expect(await categories.readCategoryTree(database())).toEqual(before);
    });

    it("take a tree of any depth", async () => {
      const before = await categories.readCategoryTree(database());
      let deep = { slug: "d-0", name: "Deep" } as (typeof before)[number];
      for (let depth = 1; depth < 60; depth += 1) {
        deep = { slug: `d-${depth}`, name: "Deep", children: [deep] };
      }
      await categories.replaceCategoryTree(database(), [...before, deep]);
      expect(await categories.findCategory(database(), "d-59")).toEqual(deep);
      await categories.replaceCategoryTree(database(), before);
      expect(await categories.readCategoryTree(database())).toEqual(before);
    });

    it("stay while a book stands in them", async () => {
      await fixtures.broken(
        categories.replaceCategoryTree(database(), [
          { slug: "poetry", name: "Poetry" },
        ]),
        "books_category_fkey",
      );
    });
  });

  describe("reviews", () => {
    it("make the rating of their book and are filtered by it", async () => {
      const id = await shelves.insertBook(database(), fixtures.bookInput());
      const text = "Reads like a table of rows.";
      await reviews.insertReview(database(), id, await fixtures.customer(), {
        rating: 4.5,
      });
      await reviews.insertReview(database(), id, await fixtures.customer(), {
        rating: 2,
        text,
      });
      expect((await books.findBook(database(), id))?.rating).toBe(3.25);
      const ratings = async (filter: reviews.ReviewFilter) =>
        (await reviews.listReviews(database(), id, filter, FIRST)).items.map(
          (review) => review.rating,
        );
      expect(await ratings({})).toEqual([2, 4.5]);
      expect(await ratings({ minRating: 4.5 })).toEqual([4.5]);
      expect(await ratings({ maxRating: 4 })).toEqual([2]);
      expect(await ratings({ hasText: true })).toEqual([2]);
      expect(await ratings({ hasText: false })).toEqual([4.5]);
    });

    it("are written once by a customer", async () => {
      const id = await fixtures.customer();
      const write = () =>
        reviews.insertReview(database(), PRIDE, id, { rating: 5 });
      const review = await write();
      expect(await reviews.findReviewer(database(), review)).toBe(id);
      await fixtures.broken(write(), "reviews_once");
      await reviews.deleteReview(database(), review);
      expect(await reviews.findReview(database(), review)).toBeUndefined();
    });
  });
}
