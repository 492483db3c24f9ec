/** `npm run endanger -- --kills 500 --pairs 50 [--seed 1]`: runs that are killed, starved of disk, locked out or doubled. */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../../random.js";
import { doubleRuns, killRuns, starveRuns } from "./endangered-runs.js";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "500" },
    pairs: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
  },
});
const folder = fs.realpathSync(
  fs.mkdtempSync(join(tmpdir(), "kontract-endangered-")),
);
const told = (name: string, figures: object | undefined) => {
  process.stdout.write(
    `${name}: ${figures === undefined ? "not run: no file system can be mounted here" : JSON.stringify(figures)}\n`,
  );
  if (figures && "findings" in figures) {
    const { findings } = figures;
    if (Array.isArray(findings) && findings.length > 0) process.exitCode = 1;
  }
};
try {
  const random = seededRandom(Number(values.seed));
  told("full and read-only disks", await starveRuns(folder));
  told("pairs", await doubleRuns(folder, Number(values.pairs)));
  told("kills", await killRuns(folder, random, Number(values.kills)));
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
