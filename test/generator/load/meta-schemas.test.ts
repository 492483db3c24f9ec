import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../generator/src/load/document.js";
import { builtInMetaSchema } from "../../../generator/src/load/meta-schemas/built-in.js";

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve("ajv")), "refs");

/** Comments assert nothing. */
function withoutComments(json: Json): Json {
  return JSON.parse(JSON.stringify(json), (key, value) =>
    key === "$comment" && typeof value === "string" ? undefined : value,
  );
}

describe("the built-in meta-schemas", () => {
  const meta = "json-schema-2020-12/meta";
  const files = [
    "json-schema-2020-12/schema.json",
    ...readdirSync(join(folder, meta)).map((name) => `${meta}/${name}`),
  ];

  it.each(files)("say what the published %s says", (file) => {
    const published: { $id: string; [key: string]: Json } = JSON.parse(
      readFileSync(join(folder, file), "utf8"),
    );
    const own = builtInMetaSchema(published.$id.replace(/#$/, ""));
    expect(withoutComments(own ?? null)).toEqual(withoutComments(published));
  });

  it("know the keywords of draft-07", () => {
    const published = JSON.parse(
      readFileSync(join(folder, "json-schema-draft-07.json"), "utf8"),
    );
    const own = builtInMetaSchema("http://json-schema.org/draft-07/schema");
    expect(own).toMatchObject({
      $id: published.$id,
      definitions: published.definitions,
    });
    expect(Object.keys(Object(own).properties)).toEqual(
      Object.keys(published.properties),
    );
  });

  it("are only those", () => {
    expect(builtInMetaSchema("https://example.com/schema")).toBeUndefined();
  });
});
