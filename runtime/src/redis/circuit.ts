/** Room `redis`: gives up early on a server that does not answer, so that requests do not queue up behind it. */
import type { RedisCommands } from "./commands.js";

export interface CircuitOptions {
  /** Milliseconds that one command may take; 250. */
  readonly timeout?: number;
  /** Milliseconds of rest after a failure, before one command may try again; 1,000. */
  readonly rest?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Redis did not answer, or was not asked since it lately did not. */
export class RedisUnavailableError extends Error {
  override readonly name = "RedisUnavailableError";
}

/** As `redis`, but every command settles in time. After a failure all others fail at once until one has worked again. */
export function breakCircuit(
  redis: RedisCommands,
  { timeout = 250, rest = 1000, now = Date.now }: CircuitOptions = {},
): RedisCommands {
  let closedUntil: number | undefined;
  let reason: unknown;

  async function send(
    key: string,
    command: readonly string[],
  ): Promise<unknown> {
    if (closedUntil !== undefined) {
      if (now() < closedUntil) {
        throw new RedisUnavailableError("Redis is given a rest", {
          cause: reason,
        });
      }
      // This command is the one that tries.
      closedUntil = now() + Math.max(rest, timeout);
    }
    try {
      const reply = await inTime(redis.send(key, command), timeout);
      closedUntil = undefined;
      return reply;
    } catch (error) {
      // The server answered: it is there.
      if (isReply(error)) closedUntil = undefined;
      else {
        reason = error;
        closedUntil = now() + rest;
      }
      throw error;
    }
  }
  return { cluster: redis.cluster, send };
}

/** Error replies begin with a word in capitals: `NOSCRIPT …`, `OOM …`. Those of a server that cannot serve count as none. */
function isReply(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^[A-Z]{3,} /.test(error.message) &&
    !/^(LOADING|CLUSTERDOWN|MASTERDOWN|READONLY|NOAUTH|OOM|MISCONF) /.test(
      error.message,
    )
  );
}

async function inTime<Value>(
  promise: Promise<Value>,
  timeout: number,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new RedisUnavailableError(`no answer within ${timeout} ms`));
    }, timeout);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
