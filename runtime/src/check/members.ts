/** Room `check`: members of objects that came from outside: own ones only, whatever they are called. */

export { safeTest } from "./linear-pattern.js";

/** The member's value if the record itself has it, never one that it inherits. */
export function own(record: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Makes an own member, also of a name such as `__proto__` that an assignment would treat as the prototype. */
export function define(
  record: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  Object.defineProperty(record, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** Is one answer yes, and no other? */
export function exactlyOne(...answers: readonly boolean[]): boolean {
  let count = 0;
  for (const answer of answers) if (answer) count += 1;
  return count === 1;
}

/** A key as a token of a JSON pointer (RFC 6901 section 3). A key of a request may be long: reports name its beginning. */
export function pointer(key: string): string {
  const short = key.length > 128 ? `${key.slice(0, 127)}…` : key;
  return short.includes("~") || short.includes("/")
    ? short.replaceAll("~", "~0").replaceAll("/", "~1")
    : short;
}
