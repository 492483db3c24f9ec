/** Room `check`: what JSON values are and when they are equal, as JSON Schema counts. */
import { isDecimalMultiple } from "./decimal.js";

/** A JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number without a fraction; `1.0` is one. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

/** An integer that fits 32 bits. */
export function isInt32(value: unknown): value is number {
  return isInteger(value) && value >= -2_147_483_648 && value <= 2_147_483_647;
}

/** An integer that fits 64 bits. The upper bound is 2^63 itself: JSON text for 2^63 - 1 is read as that number. */
export function isInt64(value: unknown): value is number {
  return isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63;
}

/** Length as `minLength` and `maxLength` count it: in code points. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) !== 0xd800) continue;
    if ((text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00) continue;
    count--;
    at++;
  }
  return count;
}

/** Whether value ÷ divisor is an integer in decimal arithmetic, as the two numbers are written in JSON. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) {
    return value % divisor === 0;
  }
  return isDecimalMultiple(value, divisor);
}

/** Whether no two items are equal as JSON. */
export function isUnique(items: readonly unknown[]): boolean {
  const scalars = new Set<unknown>();
  const composites: object[] = [];
  for (const item of items) {
    if (typeof item === "object" && item !== null) composites.push(item);
    else if (scalars.has(item)) return false;
    else scalars.add(item);
  }
  if (composites.length < 2) return true;
  const keys = new Set<string>();
  for (const composite of composites) {
    const key = canonicalText(composite);
    if (keys.has(key)) return false;
    keys.add(key);
  }
  return true;
}

/** Whether two values are equal as JSON: numbers by value, objects whatever the order of their members. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  // Pairs still to compare; a list, since recursion would let hostile depth exhaust the stack.
  const pending: unknown[] = [a, b];
  while (pending.length > 0) {
    const right = pending.pop();
    const left = pending.pop();
    if (left === right) continue;
    if (Array.isArray(left)) {
      if (!Array.isArray(right) || left.length !== right.length) return false;
      for (let i = 0; i < left.length; i++) pending.push(left[i], right[i]);
    } else if (isRecord(left) && isRecord(right)) {
      const names = definedNames(left);
      if (names.length !== definedNames(right).length) return false;
      for (const name of names) {
        if (!hasOwn(right, name)) return false;
        pending.push(left[name], right[name]);
      }
    } else {
      return false;
    }
  }
  return true;
}

/** Whether the object itself has this member; what its prototype has does not count. */
export function hasOwn(record: object, name: string): boolean {
  return Object.hasOwn(record, name);
}

/** How many members an object has, a `__proto__` that JSON text wrote included. */
export function countKeys(record: object): number {
  return Object.keys(record).length;
}

/** A text that equal values share and different ones do not. */
function canonicalText(root: object): string {
  let text = "";
  // Punctuation (as written) and values (boxed) still to print, last first.
  const pending: (string | { value: unknown })[] = [{ value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") {
      text += next;
      continue;
    }
    const { value } = next;
    if (Array.isArray(value)) {
      text += "[";
      pending.push("]");
      for (let i = value.length - 1; i >= 0; i--) {
        pending.push(",", { value: value[i] });
      }
    } else if (isRecord(value)) {
      text += "{";
      pending.push("}");
      const names = definedNames(value).sort();
      for (let i = names.length - 1; i >= 0; i--) {
        const name = names[i] ?? "";
        pending.push(",", { value: value[name] }, JSON.stringify(name) + ":");
      }
    } else if (typeof value === "string") {
      text += JSON.stringify(value);
    } else {
      // Adding zero unites the two zeros.
      text += typeof value === "number" ? String(value + 0) : String(value);
    }
  }
  return text;
}

/** Members that JSON text would show: `undefined` is how code says absent. */
function definedNames(record: Record<string, unknown>): string[] {
  return Object.keys(record).filter((name) => record[name] !== undefined);
}
