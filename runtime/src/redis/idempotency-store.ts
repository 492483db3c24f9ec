/** Room `redis`: remembers answers for any number of processes. */
import type {
  Claim,
  IdempotencyStore,
  StoredAnswer,
} from "../contract/idempotency-store.js";
import { type RedisCommands, run, script } from "./commands.js";

/** KEYS: the key. ARGV: owner, fingerprint, lease. Replies 1, or fingerprint and answer. */
const claimScript = script(`
if redis.call('HSETNX', KEYS[1], 'owner', ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], 'fingerprint', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return 1
end
return redis.call('HMGET', KEYS[1], 'fingerprint', 'answer')
`);

/** KEYS: the key. ARGV: owner, what to do, milliseconds, answer. Does nothing for others than the owner, and nothing to an answer. */
const ownerScript = script(`
local state = redis.call('HMGET', KEYS[1], 'owner', 'answer')
if state[1] ~= ARGV[1] or state[2] then return 0 end
if ARGV[2] == 'release' then return redis.call('DEL', KEYS[1]) end
if ARGV[2] == 'settle' then redis.call('HSET', KEYS[1], 'answer', ARGV[4]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[3])
`);

/** Answers as keys `{prefix}:answer:…`. */
export function redisIdempotencyStore(
  redis: RedisCommands,
  prefix: string,
): IdempotencyStore {
  const keysOf = (key: string) => [`${prefix}:answer:${key}`] as const;
  return {
    async claim(key, owner, fingerprint, lease) {
      const values = [owner, fingerprint, String(lease)];
      return claimOf(await run(redis, claimScript, keysOf(key), values));
    },
    async renew(key, owner, lease) {
      const values = [owner, "renew", String(lease)];
      await run(redis, ownerScript, keysOf(key), values);
    },
    async settle(key, owner, answer, ttl) {
      const values = [owner, "settle", String(ttl), textOf(answer)];
      await run(redis, ownerScript, keysOf(key), values);
    },
    async release(key, owner) {
      await run(redis, ownerScript, keysOf(key), [owner, "release"]);
    },
  };
}

function claimOf(reply: unknown): Claim {
  if (reply === 1) return { state: "claimed" };
  if (!Array.isArray(reply)) throw new TypeError("Redis answered otherwise");
  const [fingerprint, answer] = reply.map((each: unknown) =>
    each === null || each === undefined ? undefined : String(each),
  );
  return answer === undefined
    ? { state: "running", fingerprint: fingerprint ?? "" }
    : {
        state: "answered",
        fingerprint: fingerprint ?? "",
        answer: answerOf(answer),
      };
}

/** JSON; bytes that are no text in Base64. */
function textOf({ status, headers, type, body }: StoredAnswer): string {
  const content =
    body instanceof Uint8Array
      ? { bytes: Buffer.from(body).toString("base64") }
      : { text: body };
  return JSON.stringify({ status, headers, type, ...content });
}

function answerOf(text: string): StoredAnswer {
  const known: unknown = JSON.parse(text);
  if (!isRecord(known)) throw new TypeError("Redis holds no answer");
  const { status, headers, type, text: body, bytes } = known;
  return {
    status: Number(status),
    headers: Array.isArray(headers) ? headers.map(String) : [],
    type: typeof type === "string" ? type : undefined,
    body:
      typeof bytes === "string"
        ? Buffer.from(bytes, "base64")
        : typeof body === "string"
          ? body
          : undefined,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
