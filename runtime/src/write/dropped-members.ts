/** Room `write`: what a handler gave and a projection left out, for whoever wonders where it went. */

/** Longer lists help nobody. */
const MAX_POINTERS = 20;

/** JSON pointers into what was given: members that are not in what was sent, outermost only. */
export function droppedMembers(given: unknown, sent: unknown): string[] {
  const found: string[] = [];
  compare(given, sent, "", found);
  return found;
}

/** Ends with `sent`, which was JSON and has an end. */
function compare(
  given: unknown,
  sent: unknown,
  at: string,
  found: string[],
): void {
  const value = shown(given);
  if (!isObject(value) || found.length >= MAX_POINTERS) return;
  if (!isObject(sent) || Array.isArray(value) !== Array.isArray(sent)) {
    found.push(at);
    return;
  }
  const kept = new Map<string, unknown>(Object.entries(sent));
  for (const [key, member] of Object.entries(value)) {
    const below = `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (kept.has(key)) compare(member, kept.get(key), below, found);
    else if (isShown(member) && found.length < MAX_POINTERS) found.push(below);
  }
}

function shown(value: unknown): unknown {
  if (!isObject(value) || !("toJSON" in value)) return value;
  return typeof value.toJSON === "function" ? value.toJSON("") : value;
}

/** JSON has no word for the others. */
function isShown(value: unknown): boolean {
  return !["undefined", "function", "symbol"].includes(typeof value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
