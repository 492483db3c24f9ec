import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintDocument } from "../../../generator/src/lint/lint-document.js";
import { renderDiagnostics } from "../../../generator/src/lint/render.js";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { shared, sharedAvailable } from "../../shared.js";

/** Small documents that use much of the specification. */
const BASES = [
  "real/redocly-museum/openapi.yaml",
  "real/oai-learn/v3.1/tictactoe.yaml",
  "real/oai-learn/v3.0/link-example.json",
  "real/oai-learn/v3.0/callback-example.yaml",
  "hostile/discriminator-broken.json",
  "hostile/security-shapes.json",
  "hostile/types-31.json",
  "hostile/openapi32.yaml",
  "hostile/ref-id-anchor-dynamic.json",
  "hostile/parameters-odd.json",
];

const ODD = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1.5,
  "",
  "x",
  "#",
  "#/",
  "#/components",
  [],
  {},
  [null],
  { $ref: "#" },
  { $ref: "#/paths" },
  { $ref: "#/components/schemas" },
  { $ref: 5 },
  { $ref: "./nowhere.yaml" },
  { $id: "x", $anchor: "a", $dynamicRef: "#a" },
  { allOf: [{ $ref: "#/components/schemas/A" }] },
  { __proto__: null, constructor: 1 },
);

/** Every object and array below a value. */
function holders(value: unknown, found: object[] = []): object[] {
  if (typeof value !== "object" || value === null) return found;
  found.push(value);
  for (const each of Object.values(value)) holders(each, found);
  return found;
}

const mutation = fc.record({
  holder: fc.nat(),
  key: fc.nat(),
  value: ODD,
  removes: fc.boolean(),
});

function mutate(
  root: object,
  {
    holder,
    key,
    value,
    removes,
  }: {
    holder: number;
    key: number;
    value: unknown;
    removes: boolean;
  },
): void {
  const all = holders(root);
  const target = all[holder % all.length] ?? root;
  const keys = Object.keys(target);
  const name = keys[key % Math.max(1, keys.length)] ?? "$ref";
  if (removes) Reflect.deleteProperty(target, name);
  else Reflect.set(target, name, structuredClone(value));
}

describe.runIf(sharedAvailable)("whatever is done to a document", () => {
  it.each(BASES)("%s: it is answered with findings", async (path) => {
    const { value } = await loadDocument(path, { cwd: shared("specs/") });
    const text = JSON.stringify(value?.root);
    expect(text.length).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        async (mutations) => {
          const root: object = JSON.parse(text);
          for (const each of mutations) mutate(root, each);
          const loaded = await loadDocument(root, { cwd: "/" });
          const found = [...loaded.diagnostics];
          if (loaded.value !== undefined) {
            found.push(...lintDocument(loaded.value).diagnostics);
            expect(loaded.value.digest).toHaveLength(64);
          } else {
            expect(found).not.toEqual([]);
          }
          const shown = renderDiagnostics(found, loaded.files);
          expect(shown).not.toMatch(/\[object Object\]|NaN:|TypeError/);
        },
      ),
      { seed: 20_261_125, numRuns: 150 },
    );
  });

  it("its text may be cut or scratched anywhere", async () => {
    const yaml = readFileSync(shared(`specs/${BASES[0]}`));
    const json = readFileSync(shared("specs/hostile/security-shapes.json"));
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.nat(),
        fc.nat(),
        fc.uint8Array({ maxLength: 4 }),
        async (isYaml, at, length, scratch) => {
          const bytes = isYaml ? yaml : json;
          const start = at % bytes.length;
          const end = start + (length % 50);
          const scratched = Buffer.concat([
            bytes.subarray(0, start),
            scratch,
            bytes.subarray(end),
          ]);
          const { value, diagnostics, files } = await loadDocument(
            isYaml ? "a.yaml" : "a.json",
            { cwd: "/", read: () => Promise.resolve(scratched) },
          );
          const found = [...diagnostics];
          if (value !== undefined)
            found.push(...lintDocument(value).diagnostics);
          else expect(found).not.toEqual([]);
          renderDiagnostics(found, files);
        },
      ),
      { seed: 20_261_125, numRuns: 400 },
    );
  });
});
