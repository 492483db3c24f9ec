/** `generate --watch`: from an edit of the document to the last file that it changes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine } from "../machine.js";
import { project, scratch } from "../place.js";
import { kontract } from "../service.js";
import { median, table } from "../table.js";

const EDITS = Number(process.env.BENCH_ROUNDS ?? 30);

export async function bench() {
  const started = machine();
  const rows = [];
  for (const subject of [example(), large()]) {
    process.stderr.write(`${subject.name} …\n`);
    rows.push(await measure(subject));
  }
  const head = ["document", "edits", "median, ms", "p95, ms", "slowest, ms"];
  return started + table(head, rows);
}

function example() {
  const folder = scratch("watch-example");
  cpSync(project("example-spec"), folder, { recursive: true });
  const edited = join(folder, "schemas/books.yaml");
  const text = readFileSync(edited, "utf8");
  const at = /maxLength: 200/;
  return {
    name: "the example, in several files",
    folder,
    entry: "bookstore.yaml",
    edited,
    textOf: (round) => text.replace(at, `maxLength: ${201 + round}`),
  };
}

/** 400 operations in 40 groups, with a model each. */
function large() {
  const folder = scratch("watch-large");
  const paths = {};
  const schemas = {};
  for (let index = 0; index < 400; index++) {
    schemas[`Thing${index}`] = {
      type: "object",
      required: ["id"],
      properties: {
        id: { type: "string", format: "uuid" },
        name: { type: "string", maxLength: 100 },
        size: { type: "integer", minimum: 0 },
        tags: { type: "array", items: { type: "string" }, maxItems: 10 },
      },
    };
    const reference = { $ref: `#/components/schemas/Thing${index}` };
    paths[`/things${index}/{id}`] = {
      get: {
        operationId: `getThing${index}`,
        tags: [`group${index % 40}`],
        parameters: [
          {
            name: "id",
            in: "path",
            required: true,
            schema: { type: "string" },
          },
        ],
        responses: {
          200: {
            description: "it",
            content: { "application/json": { schema: reference } },
          },
        },
      },
    };
  }
  const document = {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths,
    components: { schemas },
  };
  const edited = join(folder, "api.json");
  const textOf = (round) => {
    schemas.Thing7.properties.name.maxLength = 101 + round;
    return JSON.stringify(document, undefined, 2);
  };
  writeFileSync(edited, textOf(-1));
  return {
    name: "400 operations, one file",
    folder,
    entry: "api.json",
    edited,
    textOf,
  };
}

async function measure({ name, folder, entry, edited, textOf }) {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  const child = spawn(
    process.execPath,
    [kontract, "generate", entry, "--watch"],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => (said += chunk));
  }
  try {
    await until(() => / in \d/.test(said));
    // The watcher looks from the end of the first run on.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const times = [];
    // The manifest is written last.
    const manifest = join(folder, "generated/kontract.json");
    for (let round = 0; round < EDITS; round++) {
      const before = readFileSync(manifest, "utf8");
      const from = performance.now();
      writeFileSync(edited, textOf(round));
      await until(() => readFileSync(manifest, "utf8") !== before);
      times.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const sorted = [...times].sort((one, two) => one - two);
    const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
    return [
      name,
      String(times.length),
      median(times).toFixed(0),
      p95.toFixed(0),
      sorted.at(-1).toFixed(0),
    ];
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

async function until(holds) {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
