/** The facts without which a figure means nothing. */
import { cpus, loadavg, totalmem } from "node:os";

export function machine() {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()
    .map((value) => value.toFixed(2))
    .join(" ");
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node ${process.version}, ${process.platform} ${process.arch}, ${processors.length} × ${processors[0]?.model ?? "unknown"}, ${memory} GiB, load ${load}\n\n`;
}
