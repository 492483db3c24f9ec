/** `npm run living -- --rounds 5000 [--seed 1]`: random edits of handlers, random changes of documents, generated again and judged. */
import { parseArgs } from "node:util";
import { liveThrough } from "./rounds.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    batch: { type: "string", default: "250" },
  },
});
const start = performance.now();
const { findings, ...figures } = await liveThrough({
  seed: Number(values.seed),
  rounds: Number(values.rounds),
  batch: Number(values.batch),
  progress: (done) => process.stderr.write(`${done} rounds\n`),
});
const seconds = ((performance.now() - start) / 1000).toFixed(0);
process.stdout.write(
  `seed ${values.seed}: ${JSON.stringify(figures)} in ${seconds} s, ${findings.length} findings\n`,
);
for (const each of findings) {
  process.stdout.write(`${each}\n`);
  process.exitCode = 1;
}
