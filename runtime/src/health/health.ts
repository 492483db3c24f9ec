/** Room `health`: `/livez`, `/readyz` and `/startupz` for whoever runs the service. */
import type { Context } from "koa";
import { type Now, wallClock } from "../contract/clock.js";
import type { Logger } from "../contract/logger.js";
import { type Page, type Pages, pagesAt } from "../contract/pages.js";
import { stderrLogger } from "../observe/stderr-logger.js";
import { type Check, rememberCheck } from "./checks.js";

export interface HealthOptions {
  /** What the service cannot work without, by name. */
  readonly checks?: Readonly<Record<string, Check>>;
  /** Milliseconds that one check may take; 1,000. */
  readonly timeout?: number;
  /** Milliseconds for which the result of a check is given again; 1,000. */
  readonly ttl?: number;
  /** `/livez`, `/readyz` and `/startupz` when not given. */
  readonly paths?: {
    readonly live?: string;
    readonly ready?: string;
    readonly startup?: string;
  };
  /** Told why a check failed; clients are not. Default: errors only, as JSON lines on stderr. */
  readonly logger?: Logger;
  /** Milliseconds since 1970. */
  readonly now?: Now;
}

export interface Health {
  /** Koa middleware: the three paths. Put it first. */
  pages(): Pages;
  /** From here on `/readyz` answers 503, for good. */
  drain(): void;
}

/**
 * `/livez`: 200 as long as the process answers. `/readyz`: 200 while every check passes, 503 otherwise and while draining.
 * `/startupz`: 503 until every check has passed once, 200 afterwards. The answers are `application/health+json`
 * (draft-inadarei-api-health-check-06).
 */
export function createHealth(options: HealthOptions = {}): Health {
  const { paths = {}, logger = stderrLogger, now = wallClock } = options;
  const rules = {
    timeout: options.timeout ?? 1_000,
    ttl: options.ttl ?? 1_000,
    now,
    logger,
  };
  const checks = Object.entries(options.checks ?? {}).map(
    ([name, check]) => [name, rememberCheck(name, check, rules)] as const,
  );
  let draining = false;
  let started = false;

  async function judge(): Promise<[boolean, object]> {
    const results = await Promise.all(
      checks.map(async ([name, run]) => [name, await run()] as const),
    );
    const passed = results.every(([, { status }]) => status === "pass");
    started ||= passed;
    const shown = results.map(([name, result]) => [name, [result]] as const);
    return [passed, Object.fromEntries(shown)];
  }

  const pages = new Map<string, Page>([
    [paths.live ?? "/livez", (ctx) => tell(ctx, true)],
    [
      paths.ready ?? "/readyz",
      async (ctx) => {
        // What is ending is not asked any more.
        if (draining) tell(ctx, false, { output: "draining" });
        else {
          const [passed, results] = await judge();
          tell(ctx, passed && !draining, { checks: results });
        }
      },
    ],
    [
      paths.startup ?? "/startupz",
      async (ctx) => {
        if (started) tell(ctx, true);
        else {
          const [passed, results] = await judge();
          tell(ctx, passed, { checks: results });
        }
      },
    ],
  ]);
  const middleware = pagesAt((path) => pages.get(path));
  return {
    pages: () => middleware,
    drain() {
      draining = true;
    },
  };
}

function tell(ctx: Context, passed: boolean, more: object = {}): void {
  ctx.status = passed ? 200 : 503;
  ctx.set("Cache-Control", "no-store");
  ctx.body = JSON.stringify({ status: passed ? "pass" : "fail", ...more });
  ctx.type = "application/health+json";
}
