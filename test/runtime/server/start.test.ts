/** A service that cannot answer what it promises does not start. */
import { router, type Route } from "@kontract/runtime/codegen1";
import { describe, expect, it } from "vitest";

const load = async () => ({});
const routes: readonly Route[] = [
  {
    id: "a",
    method: "GET",
    path: "/a",
    group: "g",
    load,
    security: [{ key: [] }, { other: [] }],
  },
  { id: "b", method: "GET", path: "/b", group: "g", load },
  { id: "constructor", method: "GET", path: "/c", group: "h", load },
  { id: "toString", method: "GET", path: "/d", group: "__proto__", load },
];
const schemes = {
  key: { kind: "apiKey", in: "header", parameter: "X" },
  other: { kind: "oauth2" },
} as const;

describe("router()", () => {
  it("names all that is missing at once", () => {
    expect(() =>
      router(routes, schemes, { g: { b() {} }, h: {} }, { use: { z: [] } }),
    ).toThrow(
      "missing handlers: g.a, h.constructor, __proto__.toString; missing authenticators in `security`: key, other; no such operation or tag in `use`: z",
    );
  });

  it("takes objects with inherited methods for handlers", () => {
    class Group {
      a() {}
      b() {}
    }
    const security = { key: () => null, other: () => null };
    expect(() =>
      router(routes.slice(0, 2), schemes, { g: new Group() }, { security }),
    ).not.toThrow();
  });
});
