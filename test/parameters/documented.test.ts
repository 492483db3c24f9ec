/** The table of styles in `docs/parameters.md`: every cell is sent as it is written there. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "../../generator/src/load/document.js";
import { type Served, serveDocument } from "./served-document.js";

const page = readFileSync(
  new URL("../../docs/parameters.md", import.meta.url),
  "utf8",
);

const KINDS = {
  text: { schema: { type: "string" }, value: "blue" },
  list: {
    schema: { type: "array", items: { type: "string" } },
    value: ["blue", "black"],
  },
  object: {
    schema: {
      type: "object",
      properties: { R: { type: "integer" }, G: { type: "integer" } },
    },
    value: { R: 1, G: 2 },
  },
};

const MEMBERS = new Map([
  ["path", "params"],
  ["query", "query"],
  ["header", "headers"],
  ["cookie", "cookies"],
] as const);
type Place = Parameters<typeof MEMBERS.get>[0];

interface Cell {
  title: string;
  in: Place;
  style: string;
  explode: boolean;
  kind: keyof typeof KINDS;
  wire: string;
  /** Marked as not defined by the specification. */
  marked: boolean;
}

function isPlace(text: string): text is Place {
  return ["path", "query", "header", "cookie"].includes(text);
}

const cells: Cell[] = [...page.matchAll(/^\|(.*)\|$/gm)].flatMap(
  ([, row = ""]) => {
    const columns = row.split("|").map((column) => column.trim());
    const [place = "", style = "", explode = "", ...wires] = columns;
    if (!isPlace(place)) return [];
    return (["text", "list", "object"] as const).flatMap((kind, index) => {
      const text = wires[index] ?? "";
      const wire = /^`(.*)`/.exec(text)?.[1] ?? "";
      const name = /^`(.*?)`/.exec(style)?.[1] ?? "";
      const explodes =
        explode === "either" ? [false, true] : [explode === "true"];
      return explodes.map((each) => ({
        title: `${place} ${name} ${each} ${kind}`,
        in: place,
        style: name,
        explode: each,
        kind,
        wire,
        marked: text.endsWith("¹"),
      }));
    });
  },
);

let served: Served;
beforeAll(async () => {
  const paths: JsonObject = {};
  for (const [index, cell] of cells.entries()) {
    const path = cell.in === "path" ? `/d${index}/{color}` : `/d${index}`;
    paths[path] = {
      get: {
        operationId: `d${index}`,
        parameters: [
          {
            name: "color",
            in: cell.in,
            required: cell.in === "path",
            style: cell.style,
            explode: cell.explode,
            schema: KINDS[cell.kind].schema,
          },
        ],
        responses: { "204": { description: "read" } },
      },
    };
  }
  served = await serveDocument("documented", {
    openapi: "3.2.0",
    info: { title: "Documented", version: "1" },
    paths,
  });
}, 60_000);
afterAll(() => served.close());

it("has three cells for each way to write a parameter", () => {
  expect(cells).toHaveLength(60);
});

it.each(cells.map((cell, index) => ({ ...cell, index })))(
  "$title",
  async ({ index, kind, wire, marked, ...cell }) => {
    const lines = {
      path: { target: `/d${index}/${wire}` },
      query: { target: `/d${index}?${wire}` },
      header: { target: `/d${index}`, headers: ["color", wire] },
      cookie: { target: `/d${index}`, headers: ["Cookie", wire] },
    };
    const { received } = await served.send(lines[cell.in]);
    const members = received?.[MEMBERS.get(cell.in) ?? "query"];
    expect(members?.["color"]).toEqual(KINDS[kind].value);
    const warned = served.warnings.some(
      ({ code, message }) =>
        code === "KT2104" && message.endsWith(`of \`d${index}\``),
    );
    expect(warned).toBe(marked);
  },
);
