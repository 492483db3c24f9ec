/** Room `read`: bytes to text and JSON, strictly (RFC 8259 8.1). */
import { isUtf8 } from "node:buffer";
import { problem } from "../errors/problem.js";
import { hasDuplicate } from "./json-duplicates.js";

/** Bounds on what one JSON text may be. */
export interface JsonRules {
  /** Nesting. */
  readonly depth: number;
  /** Members of all its objects together. */
  readonly members: number;
  /** Whether a name that an object has twice is refused (RFC 7493 2.3); else the last one counts. */
  readonly unique: boolean;
}

/** A byte order mark is accepted and dropped. */
export function decodeUtf8(body: Buffer): string {
  if (!isUtf8(body)) {
    throw problem.badRequest({ detail: "the request body is not UTF-8" });
  }
  const marked =
    body.length >= 3 &&
    body[0] === 0xef &&
    body[1] === 0xbb &&
    body[2] === 0xbf;
  return body.toString("utf8", marked ? 3 : 0);
}

/** `__proto__` comes out as an own member, as `JSON.parse` has it. */
export function parseJson(body: Buffer, rules: JsonRules): unknown {
  return parseJsonText(decodeUtf8(body), rules);
}

export function parseJsonText(text: string, rules: JsonRules): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem.badRequest({ detail: "the request body is not JSON" });
  }
  if (typeof value === "object" && value !== null) {
    if (verify(value, rules.depth, rules.members) < 0) {
      throw problem.badRequest({
        detail: `the request body has more than ${rules.members} members`,
      });
    }
    if (rules.unique && hasDuplicate(text)) {
      throw problem.badRequest({
        detail: "the request body has an object with the same member twice",
      });
    }
  } else if (typeof value === "number") verifyNumber(value);
  return value;
}

/** Recursion ends at `left`, whatever the document looks like. Gives how many members are left to have, below 0 when there were too many. */
function verify(value: object, left: number, members: number): number {
  if (left === 0) {
    throw problem.badRequest({ detail: "the request body is nested too deep" });
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const item of items) {
      if (typeof item === "object" && item !== null) {
        members = verify(item, left - 1, members);
        if (members < 0) return members;
      } else if (typeof item === "number") verifyNumber(item);
    }
    return members;
  }
  if (!isRecord(value)) return members;
  for (const key in value) {
    if (--members < 0) return members;
    const member = value[key];
    if (typeof member === "object" && member !== null) {
      members = verify(member, left - 1, members);
      if (members < 0) return members;
    } else if (typeof member === "number") verifyNumber(member);
  }
  return members;
}

function isRecord(value: object): value is Record<string, unknown> {
  return !Array.isArray(value);
}

/** `1e999` is grammar, and no number that a handler could use (RFC 8259 6). */
function verifyNumber(value: number): void {
  if (!Number.isFinite(value)) {
    throw problem.badRequest({
      detail: "the request body has a number out of range",
    });
  }
}
