/** What a piece of work costs, whatever else the machine is doing. */

/** Milliseconds that this process has worked so far, in its own code and in the kernel's. Differences are bounded in tests, never clocks. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
