import { describe, expect, it } from "vitest";
import { pageLinks } from "../../example-app/src/page-links.js";

describe("pageLinks", () => {
  const links = (page: number, total: number) =>
    pageLinks("/books", "tag=a%26b&page=9&tag=c", { page, limit: 10, total });

  it("lead to both neighbours and keep the query", () => {
    expect(links(2, 30)).toBe(
      '</books?tag=a%26b&page=1&tag=c>; rel="prev", ' +
        '</books?tag=a%26b&page=3&tag=c>; rel="next"',
    );
  });

  it("are missing where there is nothing more", () => {
    expect(links(1, 10)).toBeUndefined();
    expect(links(1, 0)).toBeUndefined();
    expect(links(1, 11)).toMatch(/rel="next"$/);
    expect(links(2, 11)).toMatch(/rel="prev"$/);
  });

  it("lead back to the last page from beyond it", () => {
    expect(links(7, 11)).toContain("page=2");
  });
});
