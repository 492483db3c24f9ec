/** Imported into a measured process: at its end it writes its peak memory, in bytes, to the file that the environment names. */
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  writeFileSync(process.env.BENCH_PEAK_FILE, String(peak()));
});

/** `maxRSS` can still hold the memory of the process that forked this one, so the system's own account comes first. */
function peak() {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // Only Linux has this file.
  }
  return process.resourceUsage().maxRSS * 1024;
}
