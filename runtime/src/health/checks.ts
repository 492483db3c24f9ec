/** Room `health`: named checks of what a service stands on: run together, bounded in time, and remembered for a while. */
import type { Now } from "../contract/clock.js";
import type { Logger } from "../contract/logger.js";

/** Rejects when the thing does not work. The signal is aborted when the time for it is over. */
export type Check = (signal: AbortSignal) => unknown;

/** One entry below `checks` (draft-inadarei-api-health-check-06, section 4). Says nothing of the error itself, which is logged. */
export interface CheckResult {
  readonly status: "pass" | "fail";
  /** Milliseconds that the check took. */
  readonly observedValue: number;
  readonly observedUnit: "ms";
  /** When it was run, RFC 3339. */
  readonly time: string;
  readonly output?: "failed" | "timed out";
}

export interface CheckRules {
  /** Milliseconds that one check may take. */
  readonly timeout: number;
  /** Milliseconds for which a result is given again. */
  readonly ttl: number;
  readonly now: Now;
  readonly logger: Logger;
}

/** Gives the latest result, or a new one. Probes that come together share one run. */
export function rememberCheck(
  name: string,
  check: Check,
  rules: CheckRules,
): () => Promise<CheckResult> {
  let running: Promise<CheckResult> | undefined;
  let freshUntil = Number.NEGATIVE_INFINITY;
  return () => {
    if (running === undefined || rules.now() >= freshUntil) {
      // Until it is done nobody starts another one.
      freshUntil = Number.POSITIVE_INFINITY;
      running = runCheck(name, check, rules).finally(() => {
        freshUntil = rules.now() + rules.ttl;
      });
    }
    return running;
  };
}

async function runCheck(
  name: string,
  check: Check,
  { timeout, now, logger }: CheckRules,
): Promise<CheckResult> {
  const begun = now();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"timed out">((resolve) => {
    timer = setTimeout(() => {
      resolve("timed out");
      controller.abort();
    }, timeout);
  });
  const work = (async (): Promise<undefined> => {
    await check(controller.signal);
  })();
  let output: CheckResult["output"];
  try {
    output = await Promise.race([work, late]);
    if (output !== undefined) logger.error(`health check ${name} timed out`);
  } catch (error) {
    output = "failed";
    logger.error(`health check ${name} failed`, { error });
  } finally {
    clearTimeout(timer);
    // One that fails after its time has been counted already.
    work.catch(() => undefined);
  }
  return {
    status: output === undefined ? "pass" : "fail",
    observedValue: now() - begun,
    observedUnit: "ms",
    time: new Date(begun).toISOString(),
    ...(output !== undefined && { output }),
  };
}
