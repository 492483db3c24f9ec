/** Small documents of single features: generated, compiled under every strict flag, and each route of them served. */
import { readFileSync, rmSync } from "node:fs";
import { METHODS, request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Runtime from "@kontract/runtime";
import { afterAll, describe, expect, it } from "vitest";
import type { Manifest } from "../../generator/src/output/manifest.js";
import { outputFolder } from "../conformance/transpiled.js";
import { shared, sharedAvailable } from "../shared.js";
import { compiled, compileFaults } from "./compile.js";
import {
  loadGenerated,
  serveRouter,
  type Written,
  writeDocument,
} from "./served-document.js";

interface Row {
  path: string;
  version: string;
}

function table(text: string): string[][] {
  const rows = text.trim().split("\n").slice(1);
  return rows.map((row) => row.split("\t"));
}

const rows: Row[] = sharedAvailable
  ? table(readFileSync(shared("specs/features/MANIFEST.tsv"), "utf8"))
      .map(([path = "", , version = ""]) => ({ path, version }))
      // Pieces of other documents, and configuration of other tools, are no documents.
      .filter(({ version }) => version !== "(fragment)")
  : [];

/** What is an error in the sense of the product, by document: the codes that say so. */
const refused = new Map(
  table(
    readFileSync(
      fileURLToPath(new URL("features-refused.tsv", import.meta.url)),
      "utf8",
    ),
  ).map(([path = "", codes = ""]) => [path, codes]),
);

const folder = sharedAvailable ? outputFolder("features") : "";
const written = new Map<string, Written>();

function nameOf(path: string): string {
  return path.replace(/[^a-z0-9]+/gi, "-");
}

function expectedCodes({ path, version }: Row): string {
  const known = refused.get(path);
  if (known !== undefined) return known;
  return /^(3\.[012](\.|$)|\()/.test(version) ? "" : "KT1011";
}

/** The routes of a document that Node's parser lets through. */
function routesOf(manifest: Manifest): Manifest["operations"] {
  return manifest.operations
    .filter(({ method }) => METHODS.includes(method) && method !== "CONNECT")
    .slice(0, 6);
}

function handlersOf(
  { operations }: Manifest,
  { problem }: typeof Runtime,
): object {
  const handlers: Record<string, Record<string, () => never>> = {};
  for (const { handler } of operations) {
    const [group = "", name = ""] = handler.split(".");
    (handlers[group] ??= {})[name] = () => {
      throw problem.notImplemented();
    };
  }
  return handlers;
}

/** Everybody is let in. */
function authenticatorsOf({ text }: Written): object {
  const [, body = ""] =
    /export interface Security \{\n([\s\S]*?)\n\}/.exec(text("router.ts")) ??
    [];
  const names = [...body.matchAll(/^  (?:"([^"]+)"|(\w+)): Auth/gm)];
  return Object.fromEntries(
    names.map(([, quoted, plain]) => [quoted ?? plain, () => ({ id: "1" })]),
  );
}

/** A path key is percent-encoded where its author says so. */
function encoded(path: string): string {
  return encodeURI(path).replaceAll("%25", "%");
}

function statusOf(url: string, method: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe.skipIf(!sharedAvailable)("documents of single features", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are generated, or refused with the codes that say why", async () => {
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const row of rows) {
      const result = await writeDocument(
        shared(`specs/features/${row.path}`),
        join(folder, nameOf(row.path)),
      );
      const errors = result.diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ code }) => code);
      found[row.path] = [...new Set(errors)].sort().join(" ");
      // Swagger 2.0 that is no readable YAML either.
      expected[row.path] = row.path.endsWith("simple/swagger.yaml")
        ? "KT1004"
        : expectedCodes(row);
      expect({ [row.path]: result.manifest === undefined }).toEqual({
        [row.path]: errors.length > 0,
      });
      if (result.manifest) written.set(row.path, result);
    }
    expect(found).toEqual(expected);
    expect(written.size).toBeGreaterThan(400);
  }, 180_000);

  it("compile under every strict flag", () => {
    expect(compileFaults(folder)).toEqual([]);
  }, 180_000);

  it("serve every route: no answer is 404, 405 or a fault of ours", async () => {
    const runtime: typeof Runtime = await import(
      join(folder, "node_modules/@kontract/runtime/src/index.js")
    );
    const faults: string[] = [];
    let asked = 0;
    for (const [path, result] of written) {
      const { manifest } = result;
      if (manifest === undefined) continue;
      const { createRouter } = await loadGenerated(
        join(compiled(folder), nameOf(path)),
      );
      const router = createRouter(handlersOf(manifest, runtime), {
        security: authenticatorsOf(result),
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      });
      const running = await serveRouter(router);
      for (const { method, path: template, id } of routesOf(manifest)) {
        const target = template.replaceAll(/\{[^{}]*\}/g, "1");
        const status = await statusOf(running.url + encoded(target), method);
        asked += 1;
        const fits =
          status < 500 ? ![404, 405].includes(status) : status === 501;
        if (!fits)
          faults.push(`${path}: ${method} ${template} (${id}) ${status}`);
      }
      await running.close();
    }
    expect(faults).toEqual([]);
    expect(asked).toBeGreaterThan(700);
  }, 180_000);
});
