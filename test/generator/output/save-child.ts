/** A run in a process of its own, to be killed: `save-child.ts FOLDER CONTENT COUNT`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { save } from "../../../generator/src/output/save.js";

const [cwd = "", content = "", count = "0"] = process.argv.slice(2);
const files = Array.from({ length: Number(count) }, (_, i) => ({
  path: `models/f${i}.json`,
  text: content.repeat(2_000),
}));
const target = join(cwd, "handlers.ts");
const before = readFileSync(target);
process.stdout.write("go");
const report = await save("out", files, {
  cwd,
  beside: [{ target, text: `${before.toString("utf8")}${content}`, before }],
});
if (report.diagnostics.some((each) => each.severity === "error")) {
  process.stderr.write(JSON.stringify(report.diagnostics));
  process.exitCode = 1;
}
