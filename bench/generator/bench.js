/** The generator beside openapi-typescript's own command: time, memory, and what its output costs the compiler. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { machine } from "../machine.js";
import { github, project, scratch, sharedPath } from "../place.js";
import { kontract } from "../service.js";
import { atMost, median, table } from "../table.js";
import { measured } from "./measured.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** `BENCH_DOCUMENTS=petstore,GitHub` measures only these. */
const WANTED = process.env.BENCH_DOCUMENTS?.split(",");
const SHARED = {
  petstore: "specs/real/swagger-petstore/openapi.yaml",
  Stripe: "specs/real/stripe/stripe.yaml",
  OpenAI: "specs/real/openai/openapi.yaml",
};
const BUDGETS = {
  petstore: { wall: 0.4, memory: 150, again: 0.12, tsc: 1.5, tsc7: 0.3 },
  Stripe: {
    wall: 1,
    memory: 280,
    again: 0.12,
    edited: 0.45,
    tsc: 4,
    tsc7: 0.7,
    lines: 15_000,
  },
  GitHub: {
    wall: 1.6,
    memory: 400,
    again: 0.12,
    edited: 0.6,
    tsc: 6,
    tsc7: 1.5,
    lines: 20_000,
  },
};

const compiler = {
  target: "es2022",
  module: "nodenext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
};

const openapiTypescript = project("node_modules/openapi-typescript/bin/cli.js");
const tsc = project("node_modules/typescript/bin/tsc");
const tsc7 = project("node_modules/typescript-7/bin/tsc");

export async function bench() {
  const started = machine();
  const rows = [];
  for (const [name, document] of await documents()) {
    process.stderr.write(`${name} …\n`);
    const figures = await measure(name, document);
    process.stderr.write(`${figures.join(" | ")}\n`);
    rows.push(figures);
  }
  const head = [
    "document",
    "cold, s",
    "openapi-typescript, s",
    "cold, processor s",
    "openapi-typescript, processor s",
    "peak, MiB",
    "openapi-typescript, MiB",
    "unchanged, s",
    "one operation edited, s",
    "tsc 5.9, s",
    "tsc 7, s",
    "largest file, lines",
    "largest beside `contract.ts`",
  ];
  return started + table(head, rows);
}

async function documents() {
  const found = [];
  for (const [name, path] of Object.entries(SHARED)) {
    const document = await sharedPath(path);
    if (document !== undefined) found.push([name, document]);
  }
  return [...found.slice(0, 2), ["GitHub", github], ...found.slice(2)].filter(
    ([name]) => WANTED?.includes(name) ?? true,
  );
}

async function measure(name, source) {
  const folder = scratch(`generator-${name}`);
  const document = join(folder, basename(source));
  const original = repair(readFileSync(source, "utf8"));
  writeFileSync(document, original);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  const settings = { compilerOptions: compiler, include: ["generated"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const generate = [
    "generate",
    document,
    "--cwd",
    folder,
    "--no-handlers",
    "--quiet",
  ];
  const steps = {
    cold: [],
    types: [],
    again: [],
    edited: [],
    tsc: [],
    tsc7: [],
  };
  const edited = edit(original);
  for (let round = 0; round < ROUNDS; round++) {
    rmSync(join(folder, "generated"), { recursive: true, force: true });
    steps.types.push(
      await ok(folder, openapiTypescript, [document, "-o", "types.d.ts"]),
    );
    steps.cold.push(await ok(folder, kontract, generate));
    steps.again.push(await ok(folder, kontract, generate));
    steps.tsc.push(await measured(folder, tsc, ["-p", "."]));
    steps.tsc7.push(await measured(folder, tsc7, ["-p", "."]));
    writeFileSync(document, edited);
    steps.edited.push(await ok(folder, kontract, generate));
    writeFileSync(document, original);
  }
  return row(name, steps, join(folder, "generated"));
}

async function ok(folder, script, args) {
  const result = await measured(folder, script, args);
  if (result.code === 0) return result;
  throw new Error(
    `${basename(script)} failed: ${result.output.slice(0, 2000)}`,
  );
}

/** Stripe's document says one `description: |-` twice running, which openapi-typescript refuses. */
function repair(text) {
  return text.replace(/^( *description: \|-\n)\1/gm, "$1");
}

/** Adds one line to the first operation, in JSON as in YAML. */
function edit(text) {
  return text.replace(
    /^( *)("?)operationId"?: /m,
    (line, indent, quote) =>
      `${indent}${quote}x-edited${quote}: true${quote && ","}\n${line}`,
  );
}

function row(name, steps, folder) {
  const budget = BUDGETS[name] ?? {};
  const seconds = (runs) => median(runs.map((run) => run.seconds));
  const processor = (runs) => median(runs.map((run) => run.processor));
  const memory = (runs) => median(runs.map((run) => run.mebibytes));
  const judge = (value, required, digits) =>
    required === undefined
      ? value.toFixed(digits)
      : atMost(value, required, digits);
  const compiled = (runs, required) => {
    const errors = runs[0].output.match(/error TS\d+/g)?.length ?? 0;
    const said = errors === 0 ? "" : `, **${errors} errors**`;
    return judge(seconds(runs), required, 2) + said;
  };
  const lines = lineCounts(folder);
  const largest = lines[0];
  const other = lines.find(([file]) => file !== "contract.ts");
  return [
    name,
    judge(seconds(steps.cold), budget.wall, 2),
    seconds(steps.types).toFixed(2),
    processor(steps.cold).toFixed(2),
    processor(steps.types).toFixed(2),
    judge(memory(steps.cold), budget.memory, 0),
    memory(steps.types).toFixed(0),
    judge(seconds(steps.again), budget.again, 2),
    judge(seconds(steps.edited), budget.edited, 2),
    compiled(steps.tsc, budget.tsc),
    compiled(steps.tsc7, budget.tsc7),
    `\`${largest[0]}\` ${judge(largest[1], budget.lines, 0)}`,
    `\`${other[0]}\` ${other[1]}`,
  ];
}

function lineCounts(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [
      file,
      readFileSync(join(folder, file), "utf8").split("\n").length - 1,
    ])
    .sort((a, b) => b[1] - a[1]);
}
