/** `npm run fuzz -- --requests 100000 [--seed 1] [--target museum]`: hostile requests against the bookstore and mocks of real documents. */
import { parseArgs } from "node:util";
import { sharedAvailable } from "../shared.js";
import { BOOKSTORE, fuzzTarget, MOCKS } from "./targets.js";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    target: { type: "string" },
  },
});
const targets = [BOOKSTORE, ...(sharedAvailable ? MOCKS : [])].filter(
  ({ name }) => values.target === undefined || name.includes(values.target),
);
for (const target of targets) {
  const start = performance.now();
  const { report, memory, log } = await fuzzTarget(target, {
    seed: Number(values.seed),
    requests: Number(values.requests),
  });
  const { requests, statuses, findings } = report;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${target.name}: ${requests} requests in ${seconds} s, ${findings.length} findings, ` +
      `memory ${memory.join(" → ")} MB, ${JSON.stringify(statuses)}\n`,
  );
  for (const each of findings) {
    process.stdout.write(`${JSON.stringify(each, undefined, 2)}\n`);
    process.exitCode = 1;
  }
  if (log !== "") process.stdout.write(`log: ${log.slice(0, 3_000)}\n`);
}
