/** Every hostile document through the command line; what is generated is compiled, started and asked. */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Koa from "koa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputFolder } from "../conformance/transpiled.js";
import { runKontract } from "../generator/commands/run-kontract.js";
import { recordingLogger, serve } from "../runtime/fixture/serve.js";
import { sharedAvailable } from "../shared.js";
import { strictFlags } from "./strict-flags.js";
import {
  GOES_ON,
  hostileFolder,
  hostileRows,
  REFUSED_IN_PART,
  UNUSABLE,
} from "./table.js";
import { watched } from "./traps.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = join(
  root,
  "node_modules/.cache/kontract-tests/hostile-sources",
);
const compiled = sharedAvailable ? outputFolder("hostile") : "";

/** s of processor time for one document, on a machine that has other work. */
const MOST_TIME = 2;

interface ServedOperation {
  id: string;
  method: string;
  path: string;
  handler: string;
  file: string;
}

const stemOf = (file: string) => file.replace(/[^a-z0-9]+/gi, "-");

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function expectUntouched(): void {
  expect(globalThis).not.toHaveProperty("__pwned");
  expect({}).not.toHaveProperty("polluted");
  expect(Object.keys(Object.prototype)).toEqual([]);
}

describe.skipIf(!sharedAvailable)("hostile documents", () => {
  const generated: string[] = [];
  const before = filesBelow(hostileFolder);
  mkdirSync(sources, { recursive: true });

  // What is measured is the document, not the time that the program takes to load.
  beforeAll(async () => {
    await runKontract(sources, "generate", join(hostileFolder, "bom.json"));
    rmSync(sources, { recursive: true, force: true });
  });

  afterAll(() => {
    rmSync(sources, { recursive: true, force: true });
    rmSync(compiled, { recursive: true, force: true });
  });

  it("are all here", () => {
    expect(hostileRows.length).toBeGreaterThan(130);
  });

  it.each(hostileRows)("$file: $outcome", async ({ file, outcome }) => {
    const folder = join(sources, stemOf(file));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const start = process.cpuUsage();
    const { value, asked } = await watched(() =>
      runKontract(
        folder,
        "generate",
        join(hostileFolder, file),
        "--root",
        hostileFolder,
        "--verbose",
      ),
    );
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(MOST_TIME);
    const { exit, stdout, stderr } = value;
    expectUntouched();
    expect(asked.network).toEqual([]);
    const own = [hostileFolder, folder, root.slice(0, -1)];
    const foreign = asked.read.filter(
      (path) => !own.some((each) => isBelow(path, each)),
    );
    expect(foreign).toEqual([]);
    expect(asked.written.filter((path) => !isBelow(path, folder))).toEqual([]);

    const files = filesBelow(folder);
    const goesOn = outcome === "generate-ok" && !REFUSED_IN_PART.has(file);
    if (goesOn || GOES_ON.has(file)) {
      expect({ exit, stderr }).toMatchObject({ exit: 0 });
      if (GOES_ON.has(file)) expect(stderr).toMatch(/^warning KT\d{4}: /m);
      expect(files.length).toBeGreaterThan(3);
      for (const path of files) {
        expect(path).toMatch(
          /^(?:generated|handlers)\/(?:[a-z0-9-]+\/)*(?:[a-z0-9-]+\.(?:ts|json)|\.gitattributes|\.prettierignore)$/,
        );
        expect(path).not.toMatch(/\/pwned\.|package\.json|node_modules/);
      }
      generated.push(stemOf(file));
    } else {
      expect({ exit, stderr }).toMatchObject({
        exit: UNUSABLE.has(file) ? 3 : 1,
      });
      expect(files).toEqual([]);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^error KT\d{4}: \S/m);
      expect(stderr).not.toMatch(
        /internal error|^\s+at .+:\d+:\d+|Cannot read prop|Maximum call stack/m,
      );
    }
  });

  it("leave everything beside their output as it was", () => {
    expect(filesBelow(hostileFolder)).toEqual(before);
    expect(existsSync("/tmp/pwned")).toBe(false);
  });

  it("compile, all of them, under every strict flag", () => {
    const compilerOptions = {
      ...strictFlags,
      noEmit: false,
      rootDir: sources,
      outDir: compiled,
    };
    writeFileSync(
      join(sources, "tsconfig.json"),
      JSON.stringify({ compilerOptions, include: ["**/*.ts"] }),
    );
    const compiler = join(root, "node_modules/typescript-7/bin/tsc");
    const run = spawnSync(process.execPath, [compiler, "-p", sources], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const faults = run.stdout.split("\n").filter((line) => line !== "");
    expect(faults.slice(0, 20)).toEqual([]);
  }, 300_000);

  it("serve, and run nothing of the document", async () => {
    expect(generated.length).toBeGreaterThan(70);
    for (const stem of generated) {
      const told = await visit(stem);
      expect({ stem, told }).toEqual({ stem, told: [] });
      expectUntouched();
    }
  }, 300_000);
});

/** Starts what was generated, with its own stubs, and asks every operation once without and once with a strange body. */
async function visit(stem: string): Promise<string[]> {
  const at = (path: string) => join(compiled, stem, path);
  const text = (path: string) =>
    readFileSync(join(sources, stem, "generated", path), "utf8");
  const { operations }: { operations: ServedOperation[] } = JSON.parse(
    text("kontract.json"),
  );
  const document: { components?: { securitySchemes?: object } } = JSON.parse(
    text("openapi.json"),
  );
  const handlers = Object.fromEntries(
    (
      await Promise.all(
        filesBelow(at("handlers"))
          .filter((path) => path.endsWith(".js"))
          .map((path) => import(pathToFileURL(at(`handlers/${path}`)).href)),
      )
    ).flatMap((module: object) => Object.entries(module)),
  );
  const security = Object.fromEntries(
    Object.keys(document.components?.securitySchemes ?? {}).map((name) => [
      name,
      () => ({ id: "me" }),
    ]),
  );
  const { logger } = recordingLogger();
  const { createRouter } = await import(
    pathToFileURL(at("generated/index.js")).href
  );
  const app = new Koa();
  app.silent = true;
  app.use(createRouter(handlers, { security, logger }).routes());
  const running = await serve(app);
  const told: string[] = [];
  try {
    for (const { id, method, path } of operations) {
      for (const body of ["", STRANGE]) {
        const status = await ask(running.port, method, path, body);
        const isFine = status === 501 || (status >= 200 && status < 500);
        if (!isFine) told.push(`${id}: ${status}`);
      }
    }
  } finally {
    await running.close();
  }
  return told;
}

const STRANGE = '{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}';

async function ask(
  port: number,
  method: string,
  template: string,
  body: string,
): Promise<number> {
  const filled = template.replace(/\{[^{}]*\}/g, "1");
  const path = encodeURI(filled).replace(/[#?]/g, encodeURIComponent);
  return new Promise((resolve, reject) => {
    const headers =
      body === ""
        ? {}
        : {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          };
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: { authorization: "Bearer x", ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
