import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../../generator/src/lint/catalogue.js";
import { explain } from "../../../generator/src/lint/explain.js";

const source = fileURLToPath(
  new URL("../../../generator/src/", import.meta.url),
);

/** Codes that the sources report, the catalogue itself left out. */
function reportedCodes(): Set<string> {
  const codes = new Set<string>();
  for (const path of readdirSync(source, {
    recursive: true,
    encoding: "utf8",
  })) {
    if (!path.endsWith(".ts") || path.startsWith("lint/catalogue")) continue;
    const text = readFileSync(join(source, path), "utf8");
    for (const [, code = ""] of text.matchAll(/"(KT\d{4})"/g)) codes.add(code);
  }
  return codes;
}

describe("the catalogue", () => {
  it("has every code that is reported, and no other", () => {
    expect([...CATALOGUE.keys()].toSorted()).toEqual(
      [...reportedCodes()].toSorted(),
    );
  });

  it.each([...CATALOGUE])("explains %s", (code, entry) => {
    expect(code).toMatch(/^KT[0-6]\d{3}$/);
    expect(entry.title).toMatch(/^(?:[^A-Z.]|YAML )((?!\. ).)*[^.]$/);
    expect(entry.explanation).toMatch(/^[A-Z`].*\.$/s);
    expect(entry.help).toMatch(/^[A-Z`].*\.$/s);
    expect(entry.example).not.toBe("");
  });

  it("answers without regard to case, and knows what it does not have", () => {
    expect(explain(" kt2003 ")).toMatchObject({
      code: "KT2003",
      title: "an operation without operationId",
    });
    expect(explain("KT9999")).toBeUndefined();
    expect(explain("constructor")).toBeUndefined();
  });
});
