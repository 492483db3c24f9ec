/** Room `observe`: one field of a request, without making an object of all of them. */

/** `name` in lower case. The first one counts. */
export function headerOf(
  rawHeaders: readonly string[],
  name: string,
): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const each = rawHeaders[at] ?? "";
    if (each.length === name.length && each.toLowerCase() === name) {
      return rawHeaders[at + 1];
    }
  }
  return undefined;
}
