/** Imported into a measured process: at its end it writes its peak memory in bytes and its processor time in microseconds to the file that the environment names. */
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const spent = { peak: peak(), processor: user + system };
  writeFileSync(process.env.BENCH_PEAK_FILE, JSON.stringify(spent));
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
