/** Room `model`: calls that the log of security events tells of: `x-audit`. */
import { isObject, member } from "../member.js";
import type { PolicyPlace } from "./policy-place.js";

export interface Audit {
  /** What to call it there; the operation's id when it is left out. */
  event?: string;
}

const EVENT = /^[A-Za-z0-9_.:-]{1,64}$/;

/** `false` on an operation takes it out of what surrounds it. */
export function buildAudit(place: PolicyPlace): Audit | undefined {
  const stated = place.nearest("x-audit");
  if (stated === undefined || stated.value === false) return undefined;
  if (stated.value === true) return {};
  const event = isObject(stated.value)
    ? member(stated.value, "event")
    : undefined;
  if (typeof event === "string" && EVENT.test(event)) return { event };
  place.refuse(
    stated,
    "it is neither `true` nor an event",
    "write `true`, or `{ event: book.deleted }` with letters, digits and `_.:-`",
  );
  return undefined;
}
