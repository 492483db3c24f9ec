/** From a document to a running service: generated, transpiled, served over real HTTP; or compiled, to see what types allow. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type Koa from "koa";
import { generate } from "../../generator/src/index.js";
import type { Options } from "../../generator/src/options.js";
import { outputFolder, writeTranspiled } from "../conformance/transpiled.js";
import {
  type Line,
  recordingLogger,
  type Running,
  serve,
} from "../runtime/fixture/serve.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Generated {
  readonly folder: string;
  readonly files: readonly { path: string; text: string }[];
  /** Codes of the diagnostics. */
  readonly codes: readonly string[];
}

/** `name` is a folder of its own; a document that does not generate is an error. */
export async function generated(
  name: string,
  document: object,
  options: Options = {},
): Promise<Generated> {
  const { files, diagnostics } = await generate(document, options);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const folder = outputFolder(name);
  for (const { path, text } of files) {
    if (path.endsWith(".ts")) writeTranspiled(join(folder, path), text);
  }
  return { folder, files, codes: diagnostics.map(({ code }) => code) };
}

type Handlers = Record<string, Record<string, (input: never) => unknown>>;

export interface Service extends Running {
  readonly lines: Line[];
}

/** In an application of `createApp`, or in a plain one. */
export async function served(
  { folder }: Generated,
  handlers: Handlers,
  options: object = {},
  app: "createApp" | "koa" = "createApp",
): Promise<Service> {
  const { createRouter } = await load<{
    createRouter(
      handlers: object,
      options: object,
    ): {
      routes(): Koa.Middleware;
    };
  }>(folder, "router.js");
  const { logger, lines } = recordingLogger();
  const router = createRouter(handlers, { logger, ...options });
  const application = await newApp(folder, app, logger);
  application.use(router.routes());
  const running = await serve(application);
  return { ...running, lines };
}

async function newApp(
  folder: string,
  kind: "createApp" | "koa",
  logger: object,
): Promise<Koa> {
  if (kind === "koa") {
    const { default: Application } = await import("koa");
    const application = new Application();
    application.silent = true;
    return application;
  }
  const { createApp } = await load<{ createApp(options: object): Koa }>(
    folder,
    "node_modules/@kontract/runtime/src/index.js",
  );
  return createApp({ logger });
}

/** A module of the folder, or of the runtime beside it. */
export async function load<Module>(
  folder: string,
  path: string,
): Promise<Module> {
  return (await import(pathToFileURL(join(folder, path)).href)) as Module;
}

const FLAGS = {
  target: "es2022",
  lib: ["es2023"],
  module: "nodenext",
  moduleResolution: "nodenext",
  customConditions: ["@kontract/source"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  isolatedDeclarations: true,
  declaration: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Lines of `text` with an error in them; what else does not compile comes as it is said. */
export function compileErrors(
  name: string,
  { files }: Pick<Generated, "files">,
  text: string,
): (number | string)[] {
  const folder = join(root, "node_modules/.cache/kontract-types", name);
  const all = [...files, { path: "user.ts", text }];
  for (const { path, text: content } of all) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: FLAGS, include: ["**/*.ts"] }),
  );
  const compiler = join(root, "node_modules/typescript-7/bin/tsc");
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", folder, "--pretty", "false"],
    { encoding: "utf8", cwd: folder },
  );
  const found = stdout.split("\n").flatMap((line): (number | string)[] => {
    const user = /^user\.ts\((\d+),/.exec(line);
    if (user) return [Number(user[1])];
    return /error/.test(line) ? [line] : [];
  });
  return [...new Set(found)];
}

/** The numbers of lines that end with `// rejected`. */
export function rejectedLines(text: string): number[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      line.endsWith("// rejected") ? [index + 1] : [],
    );
}

/** A document with these paths. */
export function documentOf(
  paths: object,
  components: object = {},
  openapi = "3.1.1",
): object {
  return {
    openapi,
    info: { title: "Test", version: "1" },
    paths,
    components,
  };
}

/** An operation that answers 200 with JSON of this schema. */
export function answering(schema: object): object {
  return {
    responses: {
      200: { description: "", content: { "application/json": { schema } } },
    },
  };
}
