/** A document on its way to the wire: generated, transpiled, loaded and served on a free port. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Router } from "@kontract/runtime/codegen1";
import Koa from "koa";
import { parse } from "yaml";
import type { Diagnostic } from "../../generator/src/lint/diagnostic.js";
import { generate, type Options } from "../../generator/src/index.js";
import type { Manifest } from "../../generator/src/output/manifest.js";
import { type Running, serve } from "../runtime/fixture/serve.js";

export interface GeneratedModule {
  createRouter(handlers: object, options?: object): Router;
  [name: string]: unknown;
}

export interface Written {
  /** Absent when the document is refused. */
  manifest?: Manifest;
  diagnostics: Diagnostic[];
  /** Text of a generated file. */
  text(path: string): string;
}

/** `source`: a path, or YAML text. Files go below `folder`, for the compiler. */
export async function writeDocument(
  source: string,
  folder: string,
  options: Options = {},
): Promise<Written> {
  const input: string | object = source.includes("\n") ? parse(source) : source;
  const { files, manifest, diagnostics } = await generate(input, options);
  for (const { path, text } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return {
    ...(manifest && { manifest }),
    diagnostics,
    text: (path) => files.find((file) => file.path === path)?.text ?? "",
  };
}

/** The router of a folder of JavaScript, which runs against the transpiled runtime above it. */
export async function loadGenerated(folder: string): Promise<GeneratedModule> {
  const url = pathToFileURL(join(folder, "index.js")).href;
  const module: GeneratedModule = await import(url);
  return module;
}

/** A plain Koa around a router. */
export function serveRouter(router: Pick<Router, "routes">): Promise<Running> {
  const app = new Koa();
  app.silent = true;
  app.use(router.routes());
  return serve(app);
}
