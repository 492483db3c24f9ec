/** Room `caching`: the preconditions of a request, in the order of RFC 9110 13.2.2. */
import type { IncomingHttpHeaders } from "node:http";
import type { Current } from "../contract/preconditions.js";
import {
  entityTag,
  matchesStrongly,
  matchesWeakly,
  tagsOf,
} from "./entity-tag.js";

/** `304` is for reads only; writes are refused with `412` where a read is told that nothing has changed. */
export type Verdict = "go on" | 304 | 412;

/** `current`: the representation that there is now; `undefined` when there is none. */
export function judge(
  headers: IncomingHttpHeaders,
  isRead: boolean,
  current: Current | undefined,
): Verdict {
  const tag = current?.etag === undefined ? undefined : entityTag(current.etag);
  const changed = secondsOf(current?.lastModified);
  const ifMatch = headers["if-match"];
  if (ifMatch !== undefined) {
    if (current === undefined || !matchesStrongly(tagsOf(ifMatch), tag)) {
      return 412;
    }
  } else {
    const since = dateOf(headers["if-unmodified-since"]);
    // A resource without a date of change ignores the condition (13.1.4), and there is none to have changed.
    if (since !== undefined) {
      if (current === undefined) return 412;
      if (changed !== undefined && changed > since) return 412;
    }
  }
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined) {
    const met =
      current !== undefined && matchesWeakly(tagsOf(ifNoneMatch), tag);
    if (met) return isRead ? 304 : 412;
    return "go on";
  }
  const since = isRead ? dateOf(headers["if-modified-since"]) : undefined;
  if (since !== undefined && changed !== undefined && changed <= since) {
    return 304;
  }
  return "go on";
}

/** Whether the client guards its write against changes by others (RFC 6585 3). */
export function isGuarded(headers: IncomingHttpHeaders): boolean {
  return (
    headers["if-match"] !== undefined ||
    headers["if-none-match"] !== undefined ||
    dateOf(headers["if-unmodified-since"]) !== undefined
  );
}

/** An HTTP-date in whole seconds; invalid ones are ignored (RFC 9110 13.1.3, 13.1.4). */
export function dateOf(field: string | undefined): number | undefined {
  if (field === undefined || !/ GMT$|^[A-Z][a-z]{2} [A-Z]/.test(field)) {
    return undefined;
  }
  return secondsOf(field.endsWith("GMT") ? field : `${field} GMT`);
}

function secondsOf(date: Date | string | undefined): number | undefined {
  if (date === undefined) return undefined;
  const time = typeof date === "string" ? Date.parse(date) : date.getTime();
  return Number.isFinite(time) ? Math.floor(time / 1000) : undefined;
}
