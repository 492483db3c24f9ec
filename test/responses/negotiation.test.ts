/** Which representation a client gets (RFC 9110 section 12.5.1): against a table of the rules, against another implementation, and over HTTP. */
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { negotiate } from "../../runtime/src/write/accept.js";
import { seededRandom } from "../random.js";
import {
  compileErrors,
  documentOf,
  type Generated,
  generated,
  rejectedLines,
  served,
  type Service,
} from "./service.js";

/** It has no types of its own. */
const Negotiator: new (request: object) => {
  mediaTypes(declared: readonly string[]): string[];
} = createRequire(import.meta.url)("negotiator");

const TYPES = [
  "application/json",
  "application/xml",
  "text/csv",
  "text/plain",
  "image/png",
];

interface Range {
  text: string;
  quality: number;
}

/** The rule as the RFC says it: the most specific range that matches gives a type its quality. */
function qualityByRule(type: string, ranges: readonly Range[]): number {
  const [family] = type.split("/");
  for (const wanted of [type, `${family}/*`, "*/*"]) {
    const found = ranges.filter(({ text }) => text === wanted);
    if (found.length > 0) return Math.max(...found.map((it) => it.quality));
  }
  return 0;
}

describe("negotiate, against the rule and another implementation", () => {
  it("on random fields", () => {
    const random = seededRandom(11);
    const { pick } = random;
    const texts = [...TYPES, "*/*", "text/*", "application/*", "image/*"];
    let refused = 0;
    for (let round = 0; round < 5_000; round++) {
      const chosen = new Map<string, number>();
      const count = 1 + random.below(4);
      for (let at = 0; at < count; at++) {
        chosen.set(pick(texts), pick([0, 0.001, 0.5, 0.8, 1]));
      }
      const ranges = [...chosen].map(([text, quality]) => ({ text, quality }));
      const accept = ranges
        .map(({ text, quality }) =>
          quality === 1 && random.chance(0.5) ? text : `${text};q=${quality}`,
        )
        .join(pick([",", ", ", " , "]));
      const declared = TYPES.filter(() => random.chance(0.6));
      if (declared.length === 0) continue;
      const got = negotiate(accept, declared);
      const best = Math.max(
        ...declared.map((type) => qualityByRule(type, ranges)),
      );
      const want = declared.find(
        (type) => best > 0 && qualityByRule(type, ranges) === best,
      );
      expect([accept, declared, got]).toEqual([accept, declared, want]);
      const other = new Negotiator({ headers: { accept } }).mediaTypes(
        declared,
      );
      if (got === undefined) {
        refused++;
        expect([accept, declared, other]).toEqual([accept, declared, []]);
      } else expect(other).toContain(got);
    }
    expect(refused).toBeGreaterThan(100);
  });

  it.each<[string, string[], string | undefined]>([
    // Parameters make a range more specific, and belong before the weight.
    [
      "text/plain;format=flowed, text/plain;q=0.5",
      ["text/plain"],
      "text/plain",
    ],
    ["text/csv;q=0.5;level=1", ["text/csv"], "text/csv"],
    ["text/csv;header=present", ["text/csv"], undefined],
    [
      "text/csv;header=present;q=0, text/csv",
      ["text/csv;header=present", "text/csv"],
      "text/csv",
    ],
    ["TEXT/CSV;Q=0", ["text/csv"], undefined],
    ["text/csv ; q=0.3 , */*;q=0.2", ["text/plain", "text/csv"], "text/csv"],
    ["text/csv;q=0.0004, */*;q=0", ["text/csv"], undefined],
    [
      'text/csv;a="b, text/plain;q=1", text/plain;q=0',
      ["text/plain"],
      undefined,
    ],
  ])("%s of %s", (accept, declared, want) => {
    expect(negotiate(accept, declared)).toBe(want);
  });
});

const body = { type: "object", properties: { a: { type: "string" } } };
const paths = {
  "/many": {
    get: {
      operationId: "getMany",
      responses: {
        200: {
          description: "",
          content: {
            "application/json": { schema: body },
            "application/vnd.shop+json": { schema: body },
            "text/plain": { schema: { type: "string" } },
            "application/xml": {},
          },
        },
        "4XX": {
          description: "",
          content: {
            "application/problem+json": { schema: { type: "object" } },
          },
        },
        default: { description: "", content: { "text/plain": {} } },
      },
    },
  },
};

describe("an operation with several statuses and media types", () => {
  let output: Generated;
  let service: Service;
  let lenient: Service;
  let given: unknown;
  beforeAll(async () => {
    output = await generated("negotiation", documentOf(paths));
    const handlers = { root: { getMany: () => given } };
    service = await served(output, handlers);
    lenient = await served(output, handlers, { notAcceptable: "send" });
  });
  afterAll(async () => {
    await service.close();
    await lenient.close();
  });
  const get = async (accept?: string, from = service) => {
    const response = await fetch(`${from.url}/many`, {
      headers: accept === undefined ? {} : { accept },
    });
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      vary: response.headers.get("vary"),
      text: await response.text(),
    };
  };

  it("lets the client choose among types of one kind, and says so in Vary", async () => {
    given = { status: 200, body: { a: "x" } };
    expect(await get()).toEqual({
      status: 200,
      type: "application/json",
      vary: "Accept",
      text: '{"a":"x"}',
    });
    const other = await get(
      "application/json;q=0.1, application/vnd.shop+json",
    );
    expect([other.type, other.text]).toEqual([
      "application/vnd.shop+json",
      '{"a":"x"}',
    ]);
  });

  it("lets the handler choose by `type`", async () => {
    given = { status: 200, body: "plain", type: "text/plain" };
    expect((await get()).type).toBe("text/plain; charset=utf-8");
    given = { status: 200, body: "<a/>", type: "application/xml" };
    const { type, text } = await get();
    expect([type, text]).toEqual(["application/xml", "<a/>"]);
  });

  it("refuses with 406, unless the option says to send", async () => {
    given = { status: 200, body: { a: "x" } };
    const { status, type, text } = await get("image/png");
    expect([status, type]).toEqual([406, "application/problem+json"]);
    expect(JSON.parse(text)).toMatchObject({ status: 406 });
    expect(await get("image/png", lenient)).toMatchObject({
      status: 200,
      type: "application/json",
    });
  });

  it("serves ranges and `default`, and refuses other statuses", async () => {
    given = { status: 418, body: {} };
    expect(await get()).toMatchObject({
      status: 418,
      type: "application/problem+json",
    });
    given = { status: 503, body: "later" };
    expect(await get()).toMatchObject({ status: 503, text: "later" });
  });

  it("types say the same", () => {
    const user = `import type { RootHandlers } from "./index.js";
export const handlers: RootHandlers[] = [
  { getMany: ({ reply }) => reply.ok({ a: "x" }) },
  { getMany: ({ reply }) => reply.ok("x", { type: "text/plain" }) },
  { getMany: ({ reply }) => reply.ok("<a/>", { type: "application/xml" }) },
  { getMany: ({ reply }) => reply.status(404, {}) },
  { getMany: ({ reply }) => reply.status(503, "later") },
  { getMany: ({ reply }) => reply.status(201, "made") },
  { getMany: ({ reply }) => reply.ok(1, { type: "text/plain" }) }, // rejected
  { getMany: ({ reply }) => reply.ok("x", { type: "text/html" }) }, // rejected
  { getMany: ({ reply }) => reply.status(404, "x") }, // rejected
];
`;
    expect(compileErrors("negotiation", output, user)).toEqual(
      rejectedLines(user),
    );
  });
});
