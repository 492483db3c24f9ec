/** Processor time of one request, as a ratio to other servers in the same round. */
import { deepStrictEqual } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, nextMessage, startServer, stop } from "../child.js";
import { machine } from "../machine.js";
import { inBench, scratch } from "../place.js";
import { makeService } from "../service.js";
import { atLeast, atMost, median, table } from "../table.js";
import { document } from "./document.js";
import { load } from "./load.js";
import { workloads } from "./workloads.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 5000);
const SERVERS = [
  { name: "node:http by hand", kind: "node-http", routes: 3 },
  { name: "bare Koa", kind: "koa", routes: 3 },
  {
    name: "Koa + @koa/router + Ajv, 3 routes",
    kind: "koa-router-ajv",
    routes: 3,
    validates: true,
  },
  {
    name: "Koa + @koa/router + Ajv, 900 routes",
    kind: "koa-router-ajv",
    routes: 900,
    validates: true,
  },
  { name: "Fastify 5, 3 routes", kind: "fastify", routes: 3, validates: true },
  {
    name: "Fastify 5, 900 routes",
    kind: "fastify",
    routes: 900,
    validates: true,
  },
  {
    name: "Kontract in Koa, 3 routes",
    kind: "contract-in-koa",
    routes: 3,
    validates: true,
  },
  {
    name: "Kontract in Koa, 900 routes",
    kind: "contract-in-koa",
    routes: 900,
    validates: true,
  },
  {
    name: "Kontract createApp(), 3 routes",
    kind: "contract-app",
    routes: 3,
    validates: true,
  },
  {
    name: "Kontract createApp(), 900 routes",
    kind: "contract-app",
    routes: 900,
    validates: true,
  },
];

/** Throughput of `ours` over that of `reference`, per workload: what is required. */
const BUDGETS = [
  {
    ours: "Kontract in Koa, 3 routes",
    reference: "bare Koa",
    GET: 1.0,
    POST: 1.05,
    list: 1.1,
  },
  {
    ours: "Kontract createApp(), 3 routes",
    reference: "bare Koa",
    GET: 1.25,
    POST: 1.25,
    list: 1.35,
  },
  {
    ours: "Kontract createApp(), 3 routes",
    reference: "Fastify 5, 3 routes",
    GET: 1.1,
    POST: 1.2,
    list: 1.25,
  },
  {
    ours: "Kontract createApp(), 3 routes",
    reference: "node:http by hand",
    GET: 0.95,
    POST: 0.9,
    list: 0.95,
  },
  {
    ours: "Kontract in Koa, 900 routes",
    reference: "Kontract in Koa, 3 routes",
    GET: 0.97,
    POST: 0.97,
    list: 0.97,
  },
  {
    ours: "Kontract createApp(), 900 routes",
    reference: "Kontract createApp(), 3 routes",
    GET: 0.97,
    POST: 0.97,
    list: 0.97,
  },
];

export async function bench() {
  const started = machine();
  const folders = new Map();
  for (const routes of [3, 900]) {
    const folder = scratch(`runtime-${routes}`);
    const path = join(folder, "openapi.json");
    writeFileSync(path, JSON.stringify(document(routes)));
    makeService(folder, path);
    folders.set(routes, folder);
  }
  const servers = SERVERS.map((server) => ({ ...server, times: new Map() }));
  try {
    for (const server of servers) await start(server, folders);
    await compareBodies(servers);
    for (const server of servers) {
      for (const workload of workloadsOf(server)) {
        await load(server.port, workload, REQUESTS);
      }
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const workload of workloads) await measure(servers, workload, round);
    }
  } finally {
    await Promise.all(servers.map(({ child }) => child && stop(child)));
  }
  return started + absolute(servers) + "\n" + ratios(servers);
}

async function start(server, folders) {
  const { kind, routes } = server;
  const args = [kind, String(routes), folders.get(routes)];
  server.child = startServer(inBench("runtime/serve.js"), args);
  server.port = (await nextMessage(server.child)).port;
}

function workloadsOf(server) {
  return workloads.filter(({ validated }) => !validated || server.validates);
}

/** Servers that answer differently do different work. */
async function compareBodies(servers) {
  for (const workload of workloads) {
    if (workload.validated) continue;
    let expected;
    for (const { port } of servers) {
      const body = JSON.parse(await load(port, workload, 1));
      expected ??= body;
      deepStrictEqual(body, expected);
    }
  }
}

/** Each round begins with another server, so that none always follows the same one. */
async function measure(servers, workload, round) {
  for (let index = 0; index < servers.length; index++) {
    const server = servers[(index + round) % servers.length];
    if (workload.validated && !server.validates) continue;
    const before = await ask(server.child, "usage");
    await load(server.port, workload, REQUESTS);
    const after = await ask(server.child, "usage");
    const spent = after.user + after.system - before.user - before.system;
    const times = server.times.get(workload.name) ?? [];
    times.push(spent / REQUESTS);
    server.times.set(workload.name, times);
  }
}

function absolute(servers) {
  const head = ["processor µs per request", ...workloads.map((w) => w.name)];
  const rows = servers.map(({ name, times }) => [
    name,
    ...workloads.map((workload) => {
      const values = times.get(workload.name);
      return values === undefined ? "–" : median(values).toFixed(1);
    }),
  ]);
  return table(head, rows);
}

function ratios(servers) {
  const timesOf = (name) => servers.find((s) => s.name === name).times;
  const rows = BUDGETS.map(({ ours, reference, ...required }) => [
    `${ours} ÷ ${reference}`,
    ...["GET", "POST", "list"].map((workload) => {
      const own = timesOf(ours).get(workload);
      const other = timesOf(reference).get(workload);
      const ratio = median(own.map((value, round) => other[round] / value));
      return atLeast(ratio, required[workload]);
    }),
  ]);
  for (const name of [
    "Kontract in Koa, 3 routes",
    "Kontract createApp(), 3 routes",
  ]) {
    const accepted = timesOf(name).get("POST");
    const rejected = timesOf(name).get("invalid POST");
    const cost = median(
      rejected.map((value, round) => value / accepted[round]),
    );
    rows.push([
      `${name}: cost of a rejected ÷ an accepted body`,
      "–",
      atMost(cost, 1),
      "–",
    ]);
  }
  return table(["throughput ratio (required)", "GET", "POST", "list"], rows);
}
