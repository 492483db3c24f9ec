/** The core stays small: what `.` and `/codegen1` load. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const source = fileURLToPath(new URL("../../runtime/src/", import.meta.url));

/** Packages that a file and all that it imports load at run time. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const statement = /^(?:import|export)\s+(?!type\b)[^;]*?from\s+"([^"]+)"/gm;
  for (const [, specifier = ""] of text.matchAll(statement)) {
    if (!specifier.startsWith(".")) packages.add(specifier);
    else {
      const path = join(dirname(file), specifier).replace(/\.js$/, ".ts");
      for (const found of packagesOf(path, seen)) packages.add(found);
    }
  }
  return packages;
}

it.each(["index.ts", "codegen1.ts"])(
  "%s loads koa, @koa/router and node only",
  (entry) => {
    const packages = [...packagesOf(join(source, entry))];
    expect(packages.length).toBeGreaterThan(2);
    expect(packages.filter((name) => !name.startsWith("node:")).sort()).toEqual(
      entry === "index.ts" ? ["@koa/router", "koa"] : ["@koa/router"],
    );
  },
);

it("has no room that imports the server, which may import all", () => {
  const rooms = readdirSync(source, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "server",
  );
  expect(rooms.length).toBeGreaterThan(5);
  for (const { name } of rooms) {
    for (const file of readdirSync(join(source, name))) {
      const text = readFileSync(join(source, name, file), "utf8");
      expect(text, `${name}/${file}`).not.toContain('from "../server/');
    }
  }
});
