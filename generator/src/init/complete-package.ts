/** Room `init`: an existing `package.json` gets what it lacks; what is there stays as it is. */

type JsonRecord = Record<string, unknown>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The completed text, or nothing where nothing is missing. Throws a SyntaxError for what is no JSON. */
export function completePackage(
  text: string,
  wanted: object,
): string | undefined {
  const known: unknown = JSON.parse(text);
  if (!isRecord(known)) throw new SyntaxError("it is no object");
  const before = JSON.stringify(known);
  for (const [name, value] of Object.entries(wanted)) {
    const own = known[name];
    if (!Object.hasOwn(known, name)) known[name] = value;
    else if (isRecord(own) && isRecord(value)) {
      for (const [member, each] of Object.entries(value)) {
        if (!Object.hasOwn(own, member)) own[member] = each;
      }
    }
  }
  if (JSON.stringify(known) === before) return undefined;
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  return `${JSON.stringify(known, undefined, indent)}\n`;
}
