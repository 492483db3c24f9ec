/** Room `read`: the `Cookie` field (RFC 6265 5.4) as pairs. */

/** Cookie pairs in the order sent, undecoded; nameless parts are dropped. */
export function cookiePairs(field: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const part of field.split(";")) {
    const equals = part.indexOf("=");
    if (equals === -1) continue;
    const name = part.slice(0, equals).trim();
    if (name !== "") pairs.push([name, part.slice(equals + 1).trim()]);
  }
  return pairs;
}
