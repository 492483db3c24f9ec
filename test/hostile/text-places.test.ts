/** Every text place of a document with every payload: the syntax tree of what is emitted is that of harmless words. */
import { describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { faultsOf, literalsOf, shapeOf } from "./judge.js";
import {
  documentOf,
  fitting,
  PAYLOADS,
  type PlaceClass,
} from "./text-places.js";

async function emitted(document: object) {
  const { files, diagnostics } = await generate(document);
  const errors = diagnostics.filter((each) => each.severity === "error");
  return {
    errors: errors.map(({ code, message }) => `${code} ${message}`),
    files: files.filter(({ path }) => path.endsWith(".ts")),
  };
}

/** Words of the same length for each place, so that order and cuts are the same. */
const placeNumbers = new Map<string, number>();
const numberOf = (place: string) => {
  const known = placeNumbers.get(place);
  if (known !== undefined) return known;
  placeNumbers.set(place, placeNumbers.size + 100);
  return placeNumbers.size + 99;
};

/** Shapes by the order of files: names of files are made of tags. */
const shapesOf = (files: readonly { path: string; text: string }[]) =>
  files.map(shapeOf).toSorted();

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 60);
  return a === b ? "" : `${around(a)}\n${around(b)}`;
}

const plain = emitted(
  documentOf(
    (place, of) => `w${numberOf(place)}${fitting(" x-y", of ?? "any")}`,
  ),
);

describe("a document with a text in every place", () => {
  it("has more than a hundred of them, and generates", async () => {
    const { errors, files } = await plain;
    expect(errors).toEqual([]);
    expect(files.length).toBeGreaterThan(5);
    expect(placeNumbers.size).toBeGreaterThan(100);
    expect(files.flatMap(faultsOf)).toEqual([]);
  });

  it.each(PAYLOADS)("%j stays a text", async (payload) => {
    const put = (place: string, of: PlaceClass = "any") =>
      `w${numberOf(place)}${fitting(payload, of)}`;
    const { errors, files } = await emitted(documentOf(put));
    expect(errors).toEqual([]);
    expect(files.flatMap(faultsOf)).toEqual([]);
    const shapes = shapesOf(files);
    for (const [at, each] of shapesOf((await plain).files).entries()) {
      expect(firstDifference(each, shapes[at] ?? "")).toBe("");
    }
    const literals = new Set(files.flatMap(literalsOf));
    const lost = UNCHANGED.filter((place) => !literals.has(put(place)));
    expect(lost).toEqual([]);
  });

  /** Data that the service compares or sends: it comes back to the letter. */
  const UNCHANGED = [
    "property",
    "enum",
    "second enum",
    "query name",
    "query enum",
    "default value",
    "const value",
    "mapping tag",
    "scheme name",
    "scope",
    "tag",
  ];
});
