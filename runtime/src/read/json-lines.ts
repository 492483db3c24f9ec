/** Room `read`: JSON texts in a row: one a line (NDJSON, JSON Lines), or after a record separator (RFC 7464). */
import type { Readable } from "node:stream";
import type { ValueCheck } from "../contract/body-codec.js";
import { Problem } from "../errors/problem.js";
import { validationProblem } from "../errors/validation.js";
import type { Issues } from "../contract/issues.js";
import { bodyError, tooLarge } from "./body.js";
import { type JsonRules, parseJson } from "./json-body.js";

const LINE_FEED = 10;
const RECORD_SEPARATOR = 30;

export interface LineRules {
  readonly json: JsonRules;
  /** Bytes of one text. */
  readonly limit: number;
  /** Status for a text that does not fit its schema. */
  readonly invalid: number;
}

/** What collects the faults of one text. */
export interface ItemIssues extends Issues {
  settle(): void;
  readonly items: Parameters<typeof validationProblem>[1];
  readonly cap: number;
}

/**
 * The texts as values, each checked before it is given. The first that is wrong ends the iteration with its problem,
 * which answers the request when the handler lets it pass. Read on demand, so that the client sends no faster.
 */
export async function* readLines(
  source: Readable,
  check: ValueCheck | undefined,
  rules: LineRules,
  makeIssues: () => ItemIssues,
): AsyncGenerator<unknown, void, void> {
  let at = 0;
  for await (const line of linesOf(source, rules.limit)) {
    const value = parseJson(line, rules.json);
    if (check !== undefined) {
      const issues = makeIssues();
      check(value, `body/${at}`, issues);
      if (issues.size > 0) throw refusal(issues, rules.invalid);
      issues.settle();
    }
    at++;
    yield value;
  }
}

/** All texts of a body that is there whole. */
export function parseLines(body: Buffer, rules: JsonRules): unknown[] {
  return splitLines(body).map((line) => parseJson(line, rules));
}

function refusal(issues: ItemIssues, status: number): Problem {
  const { fields } = validationProblem(
    status,
    issues.items,
    issues.size > issues.cap,
  );
  return new Problem(status, fields);
}

async function* linesOf(
  source: Readable,
  limit: number,
): AsyncGenerator<Buffer, void, void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunksOf(source)) {
    const cut = lastBreak(chunk);
    if (cut === -1) {
      rest = Buffer.concat([rest, chunk]);
    } else {
      const whole = Buffer.concat([rest, chunk.subarray(0, cut)]);
      rest = Buffer.from(chunk.subarray(cut + 1));
      for (const line of splitLines(whole)) {
        if (line.length > limit) throw tooLarge(limit);
        yield line;
      }
    }
    if (rest.length > limit) throw tooLarge(limit);
  }
  yield* splitLines(rest);
}

function lastBreak(chunk: Buffer): number {
  return Math.max(
    chunk.lastIndexOf(LINE_FEED),
    chunk.lastIndexOf(RECORD_SEPARATOR),
  );
}

/** Without the empty ones. */
function splitLines(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const code = at === bytes.length ? LINE_FEED : bytes[at];
    if (code !== LINE_FEED && code !== RECORD_SEPARATOR) continue;
    const line = bytes.subarray(start, at);
    if (!isBlank(line)) found.push(line);
    start = at + 1;
  }
  return found;
}

function isBlank(line: Buffer): boolean {
  return line.every((code) => code === 32 || code === 9 || code === 13);
}

/** The stream's own iterator destroys it when a loop ends early, and with it the connection that the answer needs. */
async function* chunksOf(source: Readable): AsyncGenerator<Buffer, void, void> {
  let wake = (): void => {};
  let failure: Error | undefined;
  const stir = (): void => wake();
  const fail = (error?: unknown): void => {
    failure ??= bodyError(error);
    wake();
  };
  source.on("readable", stir);
  source.on("end", stir);
  source.on("error", fail);
  source.on("close", fail);
  try {
    for (;;) {
      const chunk: unknown = source.read();
      if (chunk instanceof Buffer) yield chunk;
      else if (source.readableEnded) return;
      else if (failure !== undefined) throw failure;
      else if (source.destroyed) throw bodyError(source.errored);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    source.off("readable", stir);
    source.off("end", stir);
    // The listener for errors stays: one that comes late has nobody else.
    source.off("close", fail);
  }
}
