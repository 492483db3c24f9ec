/** Room `server`: writes security events: to who listens for them, else to the log. */
import type { RouterContext } from "@koa/router";
import type { Now } from "../contract/clock.js";
import type { Logger } from "../contract/logger.js";
import type { OnSecurityEvent } from "../contract/security-event.js";
import { requestIdOf } from "../observe/request-id.js";
import type { Report } from "../security/guard.js";
import { clientAddress } from "../transport/client.js";

export function createReport(
  logger: Logger,
  now: Now,
  listener: OnSecurityEvent | undefined,
): Report {
  return (ctx, event, operationId, fields) => {
    const written = {
      ...fields,
      event,
      time: now(),
      requestId: requestIdOf(ctx.req),
      ...(operationId !== undefined && { operationId }),
      address: clientAddress(ctx),
      method: ctx.req.method ?? "",
    };
    if (listener === undefined) {
      logger.warn(`security event ${event}`, written);
      return;
    }
    try {
      listener(written);
    } catch (error) {
      logger.error("onSecurityEvent failed", { event, error });
    }
  };
}

/** Refused requests of one client within the time that make a burst. */
const BURST = 20;
/** Milliseconds. */
const WINDOW = 60_000;
/** Clients that are counted at a time; the one longest counted gives way. */
const CLIENTS = 1_000;

/** Counts requests that broke the contract, and reports the twentieth of one client within a minute. */
export function burstCounter(
  report: Report,
  now: Now,
): (ctx: RouterContext, operationId: string) => void {
  const counts = new Map<string, { since: number; count: number }>();
  return (ctx, operationId) => {
    const address = clientAddress(ctx);
    const time = now();
    let entry = counts.get(address);
    if (entry === undefined || time - entry.since >= WINDOW) {
      entry = { since: time, count: 0 };
      counts.delete(address);
      counts.set(address, entry);
      const [oldest] = counts.keys();
      if (counts.size > CLIENTS && oldest !== undefined) counts.delete(oldest);
    }
    entry.count += 1;
    if (entry.count !== BURST) return;
    report(ctx, "input_validation_burst", operationId, { count: BURST });
  };
}
