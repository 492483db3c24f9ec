/** `npm run proofs -- [NAME …] [--scale 0.1]`: the claims of docs/proofs.md, measured. */
import { parseArgs } from "node:util";
import { PROOFS } from "./proofs.js";

const { values, positionals } = parseArgs({
  options: { scale: { type: "string", default: "1" } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(PROOFS);
for (const name of names) {
  const proof = PROOFS[name];
  if (proof === undefined) {
    process.stderr.write(
      `${name}? There are: ${Object.keys(PROOFS).join(", ")}\n`,
    );
    process.exitCode = 2;
    continue;
  }
  const start = performance.now();
  try {
    const figures = await proof.prove(Number(values.scale));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${name}: ${seconds} s ${JSON.stringify(figures)}\n`);
  } catch (error) {
    process.stdout.write(`${name}: ${String(error)}\n`);
    process.exitCode = 1;
  }
}
