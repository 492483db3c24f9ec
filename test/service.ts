/** From a document to a running service, as a user would have it: generated files, imported, served over real connections. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createApp } from "@kontract/runtime";
import type Koa from "koa";
import { generate } from "../generator/src/generate.js";
import { putFiles } from "./generator/temporary-folder.js";
import { type Running, serve } from "./runtime/fixture/serve.js";

const cache = fileURLToPath(new URL("../.cache/services/", import.meta.url));

/** What the tests call of a generated `index.ts`, whose own types no test file can know. */
export interface Service {
  createRouter(
    handlers: object,
    options?: object,
  ): { routes(): Koa.Middleware };
}

/** Generates below `.cache/services/<name>`, which no other test may use; fails on any error in the document. */
export async function generateService(
  name: string,
  document: object,
): Promise<Service> {
  const folder = join(cache, name);
  rmSync(folder, { recursive: true, force: true });
  putFiles(folder, { "spec.json": JSON.stringify(document) });
  const { files, diagnostics } = await generate("spec.json", {
    cwd: folder,
    root: folder,
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    throw new Error(
      errors.map((each) => `${each.code} ${each.message}`).join("\n"),
    );
  }
  putFiles(
    join(folder, "generated"),
    Object.fromEntries(files.map(({ path, text }) => [path, text])),
  );
  const module: unknown = await import(
    pathToFileURL(join(folder, "generated/index.ts")).href
  );
  if (!isService(module)) throw new Error("no createRouter was generated");
  return module;
}

function isService(module: unknown): module is Service {
  return (
    typeof module === "object" &&
    module !== null &&
    "createRouter" in module &&
    typeof module.createRouter === "function"
  );
}

/** Serves a document with these handlers, `{ group: { operation } }`, in a `createApp()`. */
export async function serveDocument(
  name: string,
  document: object,
  handlers: object,
  options: object = {},
): Promise<Running> {
  const { createRouter } = await generateService(name, document);
  const app = createApp();
  app.use(createRouter(handlers, options).routes());
  return serve(app);
}
