/** The style table of OpenAPI 3.1, read from requests. */
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { IssueList } from "../../../runtime/src/check/issue-list.js";
import { RequestReader } from "../../../runtime/src/read/request-reader.js";
import { processorTime } from "../../processor-time.js";

function reader({
  query = "",
  headers = {},
  path = {},
}: {
  query?: string;
  headers?: Record<string, string>;
  path?: Record<string, string>;
}) {
  const req = new IncomingMessage(new Socket());
  req.url = query === "" ? "/x" : `/x?${query}`;
  Object.assign(req.headers, headers);
  const issues = new IssueList(20);
  const raw = new RequestReader(
    req,
    Object.keys(path),
    Object.values(path),
    issues,
  );
  const faults = () => issues.items.map(({ at, code }) => `${at} ${code}`);
  return { raw, faults };
}

const rgb = { R: "100", G: "200", B: "150" };

describe("path", () => {
  it.each([
    ["simple", "blue", "blue,black,brown", "blue,black,brown"],
    ["label", ".blue", ".blue,black,brown", ".blue.black.brown"],
    [
      "matrix",
      ";color=blue",
      ";color=blue,black,brown",
      ";color=blue;color=black;color=brown",
    ],
  ] as const)("%s values and lists", (style, one, list, exploded) => {
    const read = (color: string) => reader({ path: { color } }).raw;
    expect(read(one).path("color", style)).toBe("blue");
    const want = ["blue", "black", "brown"];
    expect(read(list).pathList("color", style, false)).toEqual(want);
    expect(read(exploded).pathList("color", style, true)).toEqual(want);
  });

  it.each([
    ["simple", "R,100,G,200,B,150", "R=100,G=200,B=150"],
    ["label", ".R,100,G,200,B,150", ".R=100.G=200.B=150"],
    ["matrix", ";color=R,100,G,200,B,150", ";R=100;G=200;B=150"],
  ] as const)("%s objects", (style, object, exploded) => {
    const read = (color: string) => reader({ path: { color } }).raw;
    expect(read(object).pathObject("color", style, false)).toEqual(rgb);
    expect(read(exploded).pathObject("color", style, true)).toEqual(rgb);
  });

  it("splits before it decodes, and decodes once", () => {
    const { raw } = reader({ path: { a: "x%2Cy,z%252C", b: "%2Fq" } });
    expect(raw.pathList("a", "simple", false)).toEqual(["x,y", "z%2C"]);
    expect(raw.path("b")).toBe("/q");
  });

  it("reports what is not written in its style", () => {
    const { raw, faults } = reader({ path: { "a/b": "x" } });
    expect(raw.path("a/b", "label")).toBe("x");
    raw.pathList("a/b", "matrix", true);
    raw.pathObject("a/b", "simple", false);
    expect(faults()).toEqual(Array(3).fill("path/a~1b style"));
  });
});

describe("query", () => {
  it("gives the one value, decoded, with + for a space", () => {
    const { raw, faults } = reader({ query: "a=1&b=x+y%2B&c&d=&=e&f=g=h" });
    expect(raw.query("a")).toBe("1");
    expect(raw.query("b")).toBe("x y+");
    expect(raw.query("c")).toBe("");
    expect(raw.query("d")).toBe("");
    expect(raw.query("f")).toBe("g=h");
    expect(raw.query("")).toBe("e");
    expect(raw.query("aa")).toBeUndefined();
    expect(raw.query("constructor")).toBeUndefined();
    expect(faults()).toEqual([]);
  });

  it("finds escaped names", () => {
    const { raw } = reader({ query: "filter%5Ba%5D=1&%6Cimit=5" });
    expect(raw.query("filter[a]")).toBe("1");
    expect(raw.query("limit")).toBe("5");
  });

  it("reports a value that is given twice", () => {
    const { raw, faults } = reader({ query: "a=1&a=2" });
    expect(raw.query("a")).toBe("1");
    expect(faults()).toEqual(["query/a repeated"]);
  });

  it.each(["%zz", "%", "%e4", "%00", "%c0%af"])(
    "reports the bad escape %s, whoever reads it",
    (value) => {
      const { raw, faults } = reader({ query: `a=${value}` });
      raw.query("a");
      raw.verifyQuery();
      expect(faults()).toEqual(["query/a encoding", "query encoding"]);
    },
  );

  it("reads lists", () => {
    const { raw } = reader({
      query: "form=a&form=b%2C&comma=a,b%2C&none=&space=a%20b+c&pipe=a|b%7Cc",
    });
    expect(raw.queryAll("form")).toEqual(["a", "b,"]);
    expect(raw.queryAll("absent")).toBeUndefined();
    expect(raw.querySplit("comma", ",")).toEqual(["a", "b,"]);
    expect(raw.querySplit("none", ",")).toEqual([]);
    expect(raw.querySplit("space", " ")).toEqual(["a", "b", "c"]);
    expect(raw.querySplit("pipe", "|")).toEqual(["a", "b", "c"]);
  });

  it("reads objects in one value", () => {
    const { raw, faults } = reader({
      query:
        "a=R,100,G,200,B,150&b=R%20100%20G%20200%20B%20150&c=R|100|G|200|B|150&d=R,1,G",
    });
    expect(raw.queryPairs("a", ",")).toEqual(rgb);
    expect(raw.queryPairs("b", " ")).toEqual(rgb);
    expect(raw.queryPairs("c", "|")).toEqual(rgb);
    expect(raw.queryPairs("d", ",")).toEqual({});
    expect(raw.queryPairs("e", ",")).toBeUndefined();
    expect(faults()).toEqual(["query/d style"]);
  });

  it("reads exploded objects by declared members, or all the others", () => {
    const { raw } = reader({ query: "R=100&G=200&B=150&x=1&y=1&y=2" });
    expect(raw.queryFields(["R", "G", "B", "A"])).toEqual(rgb);
    expect(raw.queryFields(["A"])).toBeUndefined();
    expect(raw.queryRest(["R", "G", "B"])).toEqual({ x: "1", y: ["1", "2"] });
  });

  it("reads deep objects", () => {
    const { raw, faults } = reader({
      query:
        "f[a]=1&f%5Bb%5D%5Bc%5D=2&f[d]=3&f[d]=4&f[e][]=5&f[g][0]=6&f[g][1]=7&other=8",
    });
    expect(raw.queryObject("f")).toEqual({
      a: "1",
      b: { c: "2" },
      d: ["3", "4"],
      e: "5",
      g: { 0: "6", 1: "7" },
    });
    expect(raw.queryObject("h")).toBeUndefined();
    expect(faults()).toEqual([]);
  });

  it("keeps hostile names as data, and refuses brackets that make no sense", () => {
    const { raw, faults } = reader({
      query: `f[__proto__][polluted]=1&f[constructor]=2&f[a]=1&f[a][b]=2&f[=3&f[x]y=4&f${"[z]".repeat(17)}=5`,
    });
    const found = raw.queryObject("f");
    expect(Object.keys(found ?? {})).toEqual(["__proto__", "constructor", "a"]);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect(faults()).toEqual(Array(4).fill("query/f style"));
  });

  it("stops at a thousand pairs", () => {
    const { raw, faults } = reader({ query: "a=1&".repeat(200_000) });
    const start = processorTime();
    expect(raw.queryAll("a")).toHaveLength(1_000);
    expect(processorTime() - start).toBeLessThan(200);
    expect(faults()).toEqual(["query maxParameters"]);
  });

  it("has everything after the question mark", () => {
    expect(reader({ query: "a?b=%20" }).raw.querystring).toBe("a?b=%20");
    expect(reader({}).raw.querystring).toBe("");
  });
});

describe("header", () => {
  it("gives values, lists and objects", () => {
    const { raw, faults } = reader({
      headers: {
        one: "a, b",
        none: "",
        object: "R,100,G,200,B,150",
        exploded: "R=100, G=200,B=150",
        bad: "R",
      },
    });
    expect(raw.header("one")).toBe("a, b");
    expect(raw.header("constructor")).toBeUndefined();
    expect(raw.header("__proto__")).toBeUndefined();
    expect(raw.headerSplit("one")).toEqual(["a", "b"]);
    expect(raw.headerSplit("none")).toEqual([]);
    expect(raw.headerPairs("object", false)).toEqual(rgb);
    expect(raw.headerPairs("exploded", true)).toEqual(rgb);
    raw.headerPairs("bad", true);
    expect(faults()).toEqual(["header/bad style"]);
  });
});

describe("cookie", () => {
  it("gives values, lists and objects", () => {
    const { raw, faults } = reader({
      headers: {
        cookie:
          "a=x%20y; b=1,2; c=R,100,G,200,B,150; R=100; G=200; d=1; d=2; bad=%zz; =n; alone",
      },
    });
    expect(raw.cookie("a")).toBe("x y");
    expect(raw.cookieText("a")).toBe("x%20y");
    expect(raw.cookieSplit("b")).toEqual(["1", "2"]);
    expect(raw.cookiePairs("c")).toEqual(rgb);
    expect(raw.cookieFields(["R", "G"])).toEqual({ R: "100", G: "200" });
    expect(raw.cookieAll("d")).toEqual(["1", "2"]);
    expect(raw.cookie("absent")).toBeUndefined();
    expect(raw.cookie("alone")).toBeUndefined();
    expect(faults()).toEqual([]);
    raw.cookie("bad");
    expect(faults()).toEqual(["cookie/bad encoding"]);
  });
});
