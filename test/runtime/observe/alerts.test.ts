/** The alert rules that are shipped speak of figures that there are. */
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { createMetrics } from "@kontract/runtime/metrics";
import { expect, it } from "vitest";

it("are valid YAML, and name figures and labels that exist", () => {
  const file = new URL("../../../docs/operations/alerts.yaml", import.meta.url);
  const { groups } = load(readFileSync(file, "utf8")) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(3);
  const text = createMetrics().text();
  const known = new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(
      ([, name = "", type]) =>
        type === "histogram"
          ? ["_bucket", "_sum", "_count"].map((suffix) => name + suffix)
          : [name],
    ),
  );
  for (const { expr } of rules) {
    const named = [...expr.matchAll(/\bhttp_\w+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(known).toContain(name);
  }
});
