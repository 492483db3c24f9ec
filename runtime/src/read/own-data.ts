/** Room `read`: writes members named by a request. */

/** `__proto__` becomes a member like any other, as `JSON.parse` has it, and never a prototype. */
export function setOwn<Value>(
  target: Record<string, Value>,
  key: string,
  value: Value,
): void {
  if (key !== "__proto__") {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
