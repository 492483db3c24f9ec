/** Runs one command to its end: wall time, processor time and peak memory where a node process can tell it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inBench } from "../place.js";

const hook = pathToFileURL(inBench("generator/peak-memory.js")).href;

export async function measured(folder, script, args) {
  const peakFile = join(folder, "peak");
  const from = performance.now();
  const child = spawn(process.execPath, ["--import", hook, script, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, BENCH_PEAK_FILE: peakFile },
  });
  let output = "";
  const keep = (chunk) => {
    output += chunk;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const [code] = await once(child, "close");
  const seconds = (performance.now() - from) / 1000;
  const { peak, processor } = JSON.parse(readFileSync(peakFile, "utf8"));
  const mebibytes = peak / 2 ** 20;
  return { code, seconds, processor: processor / 1e6, mebibytes, output };
}
