/** Room `load`: JSON pointers (RFC 6901), from text to keys and back. */

/** `/paths/~1a` → `["paths", "/a"]`. The pointer is already percent-decoded. */
export function pointerKeys(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer.slice(1).split("/").map(unescapeKey);
}

/** The pointer of a member of the node at `pointer`. */
export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${typeof key === "number" ? key : escapeKey(key)}`;
}

export function pointerOf(keys: readonly string[]): string {
  let pointer = "";
  for (const key of keys) pointer = childPointer(pointer, key);
  return pointer;
}

function escapeKey(key: string): string {
  if (!key.includes("~") && !key.includes("/")) return key;
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescapeKey(key: string): string {
  // RFC 6901 section 4: first ~1, then ~0, so that ~01 means ~1.
  return key.includes("~")
    ? key.replaceAll("~1", "/").replaceAll("~0", "~")
    : key;
}
