/** Room `security`: the keys of an issuer: fetched once for many tokens, fetched again when a token names an unknown one. */
import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  type LocalJWKSet,
} from "jose";
import type { Now } from "../contract/clock.js";
import { type Fetch, fetchText } from "./fetch-json.js";

/** No key can be had: the token can be neither trusted nor refused. */
export class KeysUnavailableError extends Error {
  override readonly name = "KeysUnavailableError";
}

/** Milliseconds. */
export interface KeySetTimes {
  /** After which keys are fetched again, while the old ones serve; 600,000. */
  readonly maxAge: number;
  /** Between two fetches, whatever tokens name; 30,000. */
  readonly cooldown: number;
  /** Beyond `maxAge`, how long keys serve when the issuer is down; 3,600,000. */
  readonly maxStale: number;
  /** Of one fetch; 5,000. */
  readonly timeout: number;
}

/** Milliseconds between two fetches when the first one failed. */
export const RETRY = 5_000;

interface Loaded {
  readonly find: LocalJWKSet;
  readonly at: number;
}

/** `uri` may have to be found out first. */
export function remoteKeySet(
  uri: () => Promise<string>,
  times: KeySetTimes,
  fetch: Fetch,
  now: Now,
): JWTVerifyGetKey {
  let loaded: Loaded | undefined;
  let tried = -Infinity;
  let pause = 0;
  let loading: Promise<Loaded> | undefined;

  async function load(): Promise<Loaded> {
    tried = now();
    pause = Math.min(RETRY, times.cooldown);
    const text = await fetchText(await uri(), fetch, times.timeout);
    const find = createLocalJWKSet(keySetOf(text));
    loaded = { find, at: now() };
    pause = times.cooldown;
    return loaded;
  }

  /** One fetch at a time, and none while the last one is fresh. */
  function reload(): Promise<Loaded> | undefined {
    if (loading === undefined && now() - tried < pause) {
      return undefined;
    }
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function current(): Promise<Loaded> {
    if (loaded !== undefined) {
      const age = now() - loaded.at;
      if (age < times.maxAge) return loaded;
      const fetched = reload();
      if (age < times.maxAge + times.maxStale) {
        fetched?.catch(ignore);
        return loaded;
      }
      if (fetched !== undefined) return await orUnavailable(fetched);
    } else {
      const fetched = reload();
      if (fetched !== undefined) return await orUnavailable(fetched);
    }
    throw new KeysUnavailableError("the keys could not be fetched just before");
  }

  return async (header, token) => {
    const { find } = await current();
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const fetched = reload();
      if (fetched === undefined) throw error;
      const again = await orUnavailable(fetched);
      return again.find(header, token);
    }
  };
}

/** The next token that needs it finds out for itself. */
function ignore(): void {}

async function orUnavailable(fetched: Promise<Loaded>): Promise<Loaded> {
  try {
    return await fetched;
  } catch (cause) {
    throw new KeysUnavailableError("the keys cannot be fetched", { cause });
  }
}

function keySetOf(text: string): JSONWebKeySet {
  const value: unknown = JSON.parse(text);
  if (!isKeySet(value)) throw new Error("the key set has no list of keys");
  return value;
}

/** `jose` looks at each key when it is used. */
function isKeySet(value: unknown): value is JSONWebKeySet {
  return (
    typeof value === "object" &&
    value !== null &&
    "keys" in value &&
    Array.isArray(value.keys)
  );
}
