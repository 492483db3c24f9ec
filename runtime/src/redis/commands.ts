/** Room `redis`: the little that stores ask of a Redis client (Redis 6 or later, Valkey), and what a script is. */
import { createHash } from "node:crypto";

/** A connection, whatever the client. */
export interface RedisCommands {
  /** Sends one command to the node that holds `key`. Values are UTF-8 text; integers come back as numbers. */
  send(key: string, command: readonly string[]): Promise<unknown>;
  /** Whether keys of one command must have the same hash tag. */
  readonly cluster: boolean;
}

/** Lua that runs as one step; all its keys must be of one slot. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

export function script(text: string): Script {
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

/** By its digest; a server that has not seen the script yet, or has been restarted, gets the text. */
export async function run(
  redis: RedisCommands,
  { text, sha }: Script,
  keys: readonly [string, ...string[]],
  values: readonly string[],
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...values];
  try {
    return await redis.send(keys[0], ["EVALSHA", sha, ...rest]);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) {
      throw error;
    }
    return redis.send(keys[0], ["EVAL", text, ...rest]);
  }
}
