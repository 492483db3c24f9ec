import { describe, expect, it } from "vitest";
import ts from "typescript";
import {
  nodesOf,
  sourceFiles,
  type Import,
  type SourceFile,
} from "./architecture/source-files.js";

const generator = sourceFiles("generator/src");
const runtime = sourceFiles("runtime/src");
const app = sourceFiles("example-app/src");
const generated = sourceFiles("generated");
const own = [...generator, ...runtime, ...app];

/** Collects `path: fault` lines, so that a failure lists every breach at once. */
function breaches(
  files: readonly SourceFile[],
  judge: (file: SourceFile) => Iterable<string>,
): string[] {
  return files.flatMap((file) =>
    [...judge(file)].map((fault) => `${file.path}: ${fault}`),
  );
}

describe("every source file", () => {
  it("exists where these rules look for it", () => {
    expect(generator.length).toBeGreaterThan(50);
    expect(runtime.length).toBeGreaterThan(20);
    expect(app.length).toBeGreaterThan(15);
  });

  it("opens with a sentence that says its room and duty", () => {
    const found = breaches(own, function* ({ text, room, path }) {
      const [, opening] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
      if (opening === undefined || !/\.\s*$/.test(opening.trim())) {
        yield "no sentence";
      } else if (
        room !== "" &&
        !path.startsWith("example-app/") &&
        !opening.includes(`Room \`${room}`)
      ) {
        yield `does not say "Room \`${room}\`"`;
      }
    });
    expect(found).toEqual([]);
  });

  /** Longer than 300 lines, and why that is better than a split. */
  const LONG: Record<string, string> = {
    "generator/src/emit/syntax.ts":
      "prettier's layouts, small functions that lean on each other",
  };

  it("has 300 lines at most", () => {
    const long = own.filter(({ text }) => text.split("\n").length > 301);
    expect(long.map(({ path }) => path)).toEqual(Object.keys(LONG).toSorted());
  });

  it("has no name that says nothing", () => {
    const banned =
      /^(utils?|helpers?|common|manager|handle|process|base|misc|stuff)$/;
    const found = breaches(own, function* ({ path, exportedFunctions }) {
      const names = [...path.split(/[/.]/), ...exportedFunctions];
      for (const name of names) {
        const words = name.split(/-|(?<=[a-z])(?=[A-Z])/);
        const word = words.find((each) => banned.test(each.toLowerCase()));
        if (word !== undefined) yield `\`${word}\` in \`${name}\``;
      }
    });
    expect(found).toEqual([]);
  });

  it("is named in kebab-case", () => {
    const named = own.filter(
      ({ path }) => !/(^|\/)[a-z0-9]+([.-][a-z0-9]+)*\.ts$/.test(path),
    );
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  it("is written without what this house does without", () => {
    const found = breaches(own, function* (file) {
      if (/\b(TODO|FIXME|XXX)\b/.test(file.text)) yield "an open end";
      if (
        /@ts-(ignore|expect-error|nocheck)|(ox|es)lint-disable/.test(file.text)
      ) {
        yield "a silenced check";
      }
      for (const node of nodesOf(file)) {
        if (node.kind === ts.SyntaxKind.AnyKeyword) yield "`any`";
        if (ts.isEnumDeclaration(node)) yield "an enum";
        if (ts.isDecorator(node)) yield "a decorator";
        if (ts.isExportAssignment(node)) yield "a default export";
        if (ts.isNonNullExpression(node)) yield "`!` in place of a check";
        if (
          ts.isAsExpression(node) &&
          ts.isAsExpression(node.expression) &&
          node.expression.type.kind === ts.SyntaxKind.UnknownKeyword
        ) {
          yield "`as unknown as`";
        }
      }
    });
    expect(found).toEqual([]);
  });

  /** Classes beside errors and stores, and why a function would be worse. */
  const CLASSES: Record<string, string> = {
    Diagnostics: "collects findings",
    IssueList: "collects faults",
    Locals: "collects the names of one function",
    ModelDemand: "collects the functions that others need",
    SourceUnit: "collects the statements and symbols of one file",
    Evaluated: "collects what a schema has looked at",
    QueryPairs: "one hidden class for every request",
    ShapeReader: "counts the parts of one shape",
    PolicyRun: "the state of one request among its policies",
    Observation: "one hidden class for every request",
    RequestReader: "one hidden class for every request",
    HandlerInput: "one hidden class for every request",
    AppRequest: "what Koa makes of a request",
    AppResponse: "what Koa makes of a response",
    AppContext: "what Koa makes of both",
    ContractApp: "a Koa",
    ContractRouter: "a Router",
  };

  it("has classes for errors, stores, collectors and what Koa demands only", () => {
    const found = breaches(own, function* ({ classes }) {
      for (const { name, parent } of classes) {
        const isError = /(Error|Problem)$/.test(parent ?? "");
        const isStore = name.endsWith("Store");
        if (!isError && !isStore && !(name in CLASSES)) yield `class ${name}`;
      }
    });
    expect(found).toEqual([]);
  });
});

describe("the rooms of the generator", () => {
  const ORDER = [
    "load",
    "lint",
    "model",
    "diff",
    "name",
    "emit",
    "output",
    "scaffold",
  ];
  /** What stages hand to each other: the types of earlier rooms, and the collector of findings. */
  const JOINTS = new Set([
    "lint/diagnostic.js",
    "load/document.js",
    // Rules walk the same grammar as the loader, and say where they are by the same positions.
    "load/grammar.js",
    "load/positions.js",
    // One reading of members and pointers, and one screening of patterns.
    "load/member.js",
    "load/pointer.js",
    "lint/below.js",
    "lint/unsafe-pattern.js",
    // The names that the linter knows are those that builders look for.
    "lint/vocabulary.js",
    "model/api.js",
    "model/schema.js",
    "name/layout.js",
    "output/generated-file.js",
    "output/manifest.js",
    "output/transaction.js",
    "output/path-label.js",
  ]);

  it("import themselves and the joints of earlier rooms", () => {
    const found = breaches(generator, function* ({ room, imports }) {
      if (!ORDER.includes(room)) return;
      for (const { to } of imports) {
        if (!to.startsWith("generator/src/")) continue;
        const target = to.slice("generator/src/".length);
        const [other = ""] = target.split("/");
        if (other === room || !target.includes("/")) continue;
        const isEarlier = ORDER.indexOf(other) < ORDER.indexOf(room);
        const isJoint = JOINTS.has(target);
        if (!isJoint || !(isEarlier || target === "lint/diagnostic.js")) {
          yield `imports ${target}`;
        }
      }
    });
    expect(found).toEqual([]);
  });

  it("touch the world in few places only", () => {
    const worldly =
      /^node:(fs|fs\/promises|os|child_process|http|https|net|tls|worker_threads|process|timers.*)$/;
    const places =
      /^generator\/src\/(cli|options|version|generate)\.ts$|^generator\/src\/(commands|config|output|scaffold|load|live)\//;
    const found = breaches(generator, function* ({ path, imports }) {
      if (places.test(path)) return;
      for (const { to, typeOnly } of imports) {
        if (!typeOnly && worldly.test(to)) yield `imports ${to}`;
      }
    });
    expect(found).toEqual([]);
  });

  it("read the disk from one door per folder of `load`", () => {
    const readers = generator.filter(
      ({ room, imports }) =>
        room === "load" && imports.some(({ to }) => to.startsWith("node:fs")),
    );
    expect(readers.length).toBeLessThanOrEqual(3);
  });

  it("keep the document from the emitters, but for its bundle", () => {
    const found = breaches(generator, function* ({ path, room, imports }) {
      // `emit-files.ts` passes the bundle on, as `openapi.json`.
      if (room !== "emit" || path.endsWith("/emit-files.ts")) return;
      for (const { to, names } of imports) {
        if (to.endsWith("load/document.js") && names.includes("Document")) {
          yield "sees Document";
        }
      }
    });
    expect(found).toEqual([]);
  });

  it("use a verb of the pipeline in its own room only", () => {
    const VERBS: Record<string, string[]> = {
      load: ["load", "upgrade"],
      lint: ["lint"],
      model: ["build"],
      name: ["name"],
      emit: ["emit"],
      output: ["save", "write"],
    };
    const roomOf = new Map(
      Object.entries(VERBS).flatMap(([room, verbs]) =>
        verbs.map((verb) => [verb, room]),
      ),
    );
    const found = breaches(generator, function* (file) {
      if (!ORDER.includes(file.room)) return;
      for (const name of file.exportedFunctions) {
        const [verb = "", object] = name.split(/(?=[A-Z])/);
        if (object === undefined) continue;
        const home = roomOf.get(verb);
        if (home !== undefined && home !== file.room) {
          yield `${name} belongs to \`${home}\``;
        }
      }
    });
    expect(found).toEqual([]);
  });

  it("speak of the runtime's symbols in one table only", () => {
    const found = breaches(generator, function* (file) {
      if (file.room !== "emit") return;
      if (file.path.endsWith("emit/runtime-symbols.ts")) return;
      for (const node of nodesOf(file)) {
        if (
          ts.isStringLiteralLike(node) &&
          node.text === "@kontract/runtime/codegen1"
        ) {
          yield "names the runtime";
        }
      }
    });
    expect(found).toEqual([]);
  });
});

describe("the rooms of the runtime", () => {
  /** `contract`, `errors` and `transport` (decision 0010) are for all; other edges are listed, each with its reason. */
  const EDGES = new Map<string, string>([
    ["redis → rate-limit", "counts the same slices: decision 0009"],
    ["health → observe", "the logger of those who give none: decision 0027"],
    [
      "webhooks → check",
      "faults of a message are collected as those of a request",
    ],
    ["webhooks → read", "a message is read as its receiver will read it"],
    ["query → read", "reads scalars as parameters are read: decision 0023"],
    ["query → check", "knows the formats of values: decision 0023"],
  ]);

  it("import themselves, the contract, the errors and who the client is", () => {
    const found = breaches(runtime, function* ({ room, imports }) {
      if (room === "" || room === "server") return;
      for (const { to } of imports) {
        if (!to.startsWith("runtime/src/")) continue;
        const [other = ""] = to.slice("runtime/src/".length).split("/");
        if ([room, "contract", "errors", "transport"].includes(other)) continue;
        if (!EDGES.has(`${room} → ${other}`)) yield `imports ${other}`;
      }
    });
    expect(found).toEqual([]);
  });

  /** Libraries beside Koa, each in one room, loaded by its own entry or on first use only. */
  const LIBRARIES = new Map<string, RegExp>([
    ["security", /^(jose|oauth4webapi)$/],
    ["tracing", /^@opentelemetry\/api$/],
    ["read", /^@fastify\/busboy$/],
  ]);

  it("stand on Koa and on Node alone, but for the library of one room", () => {
    const found = breaches(runtime, function* ({ room, imports }) {
      for (const { to } of imports) {
        if (/^(runtime\/src\/|node:|koa$|@koa\/router$)/.test(to)) continue;
        if (LIBRARIES.get(room)?.test(to)) continue;
        yield `imports ${to}`;
      }
    });
    expect(found).toEqual([]);
  });
});

describe("time and chance", () => {
  /** Where they come in, to be handed on as `now()`, as a name or as a secret. */
  const DOORS: Record<string, string> = {
    "example-app/src/credentials.ts": "salts and tokens are made of chance",
    "generator/src/commands/check.ts": "says how long it took",
    "generator/src/commands/diff.ts":
      "a sunset is past or not, and how long it took",
    "generator/src/commands/generate.ts": "says how long it took",
    "generator/src/output/lock.ts": "a lock has an owner and an age",
    "generator/src/run-stages.ts": "says how long each stage took",
    "runtime/src/contract/clock.ts": "the time of those who are given no other",
    "runtime/src/docs/pages.ts": "a nonce that no script can foresee",
    "runtime/src/contract/unique-name.ts": "names that no other process gives",
    "runtime/src/observe/observation.ts": "how long a request took",
    "runtime/src/observe/request-id.ts": "an id that nobody can guess",
    "runtime/src/security/api-keys.ts": "new keys are made of chance",
    "runtime/src/caching/memory-store.ts": "the clock of those who give none",
    "runtime/src/idempotency/memory-store.ts":
      "the clock of those who give none",
    "runtime/src/rate-limit/memory-store.ts":
      "the clock of those who give none",
    "runtime/src/redis/circuit.ts": "the clock of those who give none",
    "runtime/src/envelope/bind-envelope.ts": "marks that nobody can guess",
    "runtime/src/pagination/bind-pagination.ts": "a key that nobody can guess",
  };

  it("come in by few doors", () => {
    const found = own.filter((file) => {
      for (const node of nodesOf(file)) {
        if (ts.isNewExpression(node) && node.expression.getText() === "Date") {
          if ((node.arguments ?? []).length === 0) return true;
        }
        if (
          ts.isPropertyAccessExpression(node) &&
          /^(Date\.now|Math\.random|performance\.now|process\.hrtime)$/.test(
            node.getText(),
          )
        ) {
          return true;
        }
        if (
          ts.isCallExpression(node) &&
          /(^|\.)(randomUUID|randomBytes|randomInt|getRandomValues)$/.test(
            node.expression.getText(),
          )
        ) {
          return true;
        }
      }
      return false;
    });
    expect(found.map(({ path }) => path).toSorted()).toEqual(
      Object.keys(DOORS).toSorted(),
    );
  });
});

describe("the example", () => {
  it("uses the generated entry, the runtime, and a driver per file", () => {
    const drivers: Record<string, string> = {
      pg: "example-app/src/storage/postgres.ts",
      "@electric-sql/pglite": "example-app/src/storage/pglite.ts",
    };
    const isFine = ({ to }: Import, path: string) =>
      /^(example-app\/src\/|node:)/.test(to) ||
      to === "generated/index.js" ||
      /^@kontract\/runtime(?:\/[a-z]+)?$/.test(to) ||
      drivers[to] === path;
    const found = breaches(app, function* ({ path, imports }) {
      for (const each of imports) {
        if (!isFine(each, path)) yield `imports ${each.to}`;
      }
    });
    expect(found).toEqual([]);
  });

  it("keeps SQL in its storage", () => {
    const found = breaches(app, function* ({ path, imports }) {
      if (path.startsWith("example-app/src/storage/")) return;
      if (imports.some(({ to }) => to.endsWith("/sql.js"))) yield "has SQL";
    });
    expect(found).toEqual([]);
  });
});

describe("generated code", () => {
  it("says on its first line that it is, and how to make it again", () => {
    expect(generated.length).toBeGreaterThan(10);
    const found = breaches(generated, function* ({ text }) {
      const [first = ""] = text.split("\n");
      if (!/^(\/\/|\/\*\*?) ?Generated by kontract \d/.test(first)) yield first;
    });
    expect(found).toEqual([]);
  });

  it("stands on one entry of the runtime and on its siblings", () => {
    const found = breaches(generated, function* ({ imports }) {
      for (const { to, typeOnly } of imports) {
        if (to.startsWith("generated/")) continue;
        if (to === "@kontract/runtime/codegen1") continue;
        if (to === "@kontract/runtime/client") continue;
        if (to === "@koa/router" && typeOnly) continue;
        yield `imports ${to}`;
      }
    });
    expect(found).toEqual([]);
  });

  it("has models that do nothing when they are loaded, so that cycles are harmless", () => {
    const models = generated.filter(({ path }) => path.includes("/models/"));
    const found = breaches(models, function* ({ syntax }) {
      for (const statement of syntax.statements) {
        if (ts.isExpressionStatement(statement)) yield statement.getText();
      }
    });
    expect(found).toEqual([]);
  });
});
