/** Room `read`: bytes to text and JSON, strictly (RFC 8259 8.1). */
import { isUtf8 } from "node:buffer";
import { problem } from "../errors/problem.js";

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
export function parseJson(body: Buffer, maxDepth: number): unknown {
  const text = decodeUtf8(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem.badRequest({ detail: "the request body is not JSON" });
  }
  if (typeof value === "object" && value !== null) verify(value, maxDepth);
  else if (typeof value === "number") verifyNumber(value);
  return value;
}

/** Recursion ends at `left`, whatever the document looks like. */
function verify(value: object, left: number): void {
  if (left === 0) {
    throw problem.badRequest({ detail: "the request body is nested too deep" });
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const item of items) {
      if (typeof item === "object" && item !== null) verify(item, left - 1);
      else if (typeof item === "number") verifyNumber(item);
    }
    return;
  }
  if (!isRecord(value)) return;
  for (const key in value) {
    const member = value[key];
    if (typeof member === "object" && member !== null) verify(member, left - 1);
    else if (typeof member === "number") verifyNumber(member);
  }
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
