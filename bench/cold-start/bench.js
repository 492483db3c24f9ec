/** From the start of the process to its first validated answer, with a document of over a thousand operations. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { ask, nextMessage, startServer, stop } from "../child.js";
import { machine } from "../machine.js";
import { github, inBench, scratch } from "../place.js";
import { makeService } from "../service.js";
import { atMost, median, table } from "../table.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 11);
const MIB = 2 ** 20;
const FIRST = "/orgs/octo/members?per_page=20";
/** The first call of a group, and how often the same is called again to know what a call costs. */
const LATER = {
  "repos, the largest": "/users/octo/repos?per_page=20",
  gists: "/users/octo/gists?per_page=20",
};
const REPEATS = 5;

export async function bench() {
  const started = machine();
  const folder = scratch("cold-start");
  makeService(folder, github);
  joinHandlers(folder);
  const bare = { file: "cold-start/bare.js", args: [], runs: [] };
  const lazy = { file: "cold-start/contract.js", args: [folder], runs: [] };
  const eager = {
    file: "cold-start/contract.js",
    args: [folder, "preload"],
    runs: [],
  };
  const servers = [bare, lazy, eager];
  for (const server of servers) await run(server); // the file cache is warm from here on
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = 0; index < servers.length; index++) {
      const server = servers[(index + round) % servers.length];
      server.runs.push(await run(server));
    }
  }
  const operations = countOperations();
  return (
    started +
    table(
      [`${operations} operations`, "first validated 200, ms", "RSS, MiB"],
      [
        ["bare Koa, one route", ...figures(bare)],
        ["Kontract, groups on first use", ...figures(lazy)],
        ["Kontract, `preload: true`", ...figures(eager)],
      ],
    ) +
    "\n" +
    table(
      ["against bare Koa", "measured (required)"],
      comparison(bare, lazy, eager),
    )
  );
}

/** One module, as a bundler would make it: what is measured is the contract and not how handlers are filed. */
function joinHandlers(folder) {
  const text = readdirSync(join(folder, "handlers"))
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(join(folder, "handlers", file), "utf8"))
    .join("\n")
    .replaceAll(/^import .*;$/gm, "");
  const head = 'import { problem } from "@kontract/runtime";\n';
  writeFileSync(join(folder, "all-handlers.js"), head + text);
}

async function run({ file, args }) {
  const from = performance.now();
  const child = startServer(inBench(file), args);
  try {
    const { port } = await nextMessage(child);
    const body = await fetchText(port, FIRST);
    const start = performance.now() - from;
    if (body !== "[]") throw new Error(`unexpected answer: ${body}`);
    const { rss } = await ask(child, "memory");
    const extra = {};
    if (args.length > 0) {
      for (const [group, path] of Object.entries(LATER)) {
        extra[group] = await firstCall(port, path);
      }
    }
    return { start, rss: rss / MIB, extra };
  } finally {
    await stop(child);
  }
}

/** What the first call of a group costs beyond the calls that follow. */
async function firstCall(port, path) {
  const times = [];
  for (let call = 0; call <= REPEATS; call++) {
    const from = performance.now();
    const body = await fetchText(port, path);
    times.push(performance.now() - from);
    if (body !== "[]") throw new Error(`unexpected answer: ${body}`);
  }
  const [first, ...rest] = times;
  return first - median(rest);
}

function fetchText(port, path) {
  return new Promise((resolve, reject) => {
    const request = get({ port, path, host: "127.0.0.1" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    request.on("error", reject);
  });
}

function figures({ runs }) {
  return [
    median(runs.map(({ start }) => start)).toFixed(0),
    median(runs.map(({ rss }) => rss)).toFixed(1),
  ];
}

function comparison(bare, lazy, eager) {
  const ratio = ({ runs }) =>
    median(runs.map(({ start }, round) => start / bare.runs[round].start));
  const memory = ({ runs }) =>
    median(runs.map(({ rss }, round) => rss - bare.runs[round].rss));
  return [
    ["start, groups on first use", atMost(ratio(lazy), 1.2)],
    ["start, preloaded", atMost(ratio(eager), 1.8)],
    ["more memory, groups on first use, MiB", atMost(memory(lazy), 8, 1)],
    ["more memory, preloaded, MiB", memory(eager).toFixed(1)],
    ...Object.keys(LATER).map((group) => [
      `first call of an unloaded group beyond the next calls, ms: ${group}`,
      atMost(median(lazy.runs.map(({ extra }) => extra[group])), 5, 1),
    ]),
  ];
}

const METHODS = new Set(
  "get put post delete options head patch trace".split(" "),
);

function countOperations() {
  const { paths } = JSON.parse(readFileSync(github, "utf8"));
  return Object.values(paths).reduce(
    (sum, item) =>
      sum + Object.keys(item).filter((key) => METHODS.has(key)).length,
    0,
  );
}
