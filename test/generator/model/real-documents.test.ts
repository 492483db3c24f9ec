/** Real documents through load, build and name: nothing crashes, and nothing that a real service says is refused here. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { buildApi } from "../../../generator/src/model/build-api.js";
import { nameApi } from "../../../generator/src/name/name-api.js";
import { shared, sharedAvailable } from "../../shared.js";
import { processorTime } from "../../processor-time.js";

/** Files of trees that are parts of other documents do not load alone; these do not count. */
const files = sharedAvailable
  ? readdirSync(shared("specs/real"), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(json|ya?ml)$/.test(file))
      .sort()
  : [];

async function built(path: string) {
  const { value } = await loadDocument(path, { cwd: process.cwd() });
  if (value === undefined) return undefined;
  const started = processorTime();
  const { value: api, diagnostics } = buildApi(value);
  const { value: layout } = nameApi(api);
  return { api, layout, diagnostics, duration: processorTime() - started };
}

describe.skipIf(!sharedAvailable)("real documents", () => {
  it("build without errors, every node has a name", async () => {
    let documents = 0;
    let count = 0;
    for (const file of files) {
      const document = await built(shared(`specs/real/${file}`));
      if (document === undefined) continue;
      documents++;
      const { api, layout, diagnostics } = document;
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(errors, file).toEqual([]);
      const operations = api.groups.flatMap((group) => group.operations);
      count += operations.length;
      const names = [
        ...[...api.models.keys()].map((id) => layout.model(id).type),
        ...operations.map((each) => layout.operation(each).constant),
      ];
      expect(new Set(names).size, file).toBe(names.length);
    }
    expect(documents).toBeGreaterThan(60);
    expect(count).toBeGreaterThan(6_000);
  });

  it("of Stripe's size have their tags and directions", async () => {
    const stripe = await built(shared("specs/real/stripe/stripe.yaml"));
    const models = [...(stripe?.api.models.values() ?? [])];
    expect(models.length).toBeGreaterThan(500);
    expect(models.filter(({ recursive }) => recursive).length).toBeGreaterThan(
      50,
    );
  });
});

it("GitHub's document, 13 MB, is built and named in a moment", async () => {
  const document = await built(
    fileURLToPath(
      new URL(
        "../../../node_modules/@octokit/openapi/generated/api.github.com.json",
        import.meta.url,
      ),
    ),
  );
  expect(document?.api.groups.length).toBeGreaterThan(30);
  // A tenth of that on an idle machine; this only catches what grows with the square.
  expect(document?.duration).toBeLessThan(4_000);
});
