/** Room `read`: media types, parsed strictly and once (RFC 9110 8.3.1). */

export interface MediaType {
  /** `application/json`, lower case; ranges only when declared. */
  readonly essence: string;
  /** By lower-case name; the value of `charset` in lower case too. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const ESSENCE = new RegExp(`^${TOKEN}/${TOKEN}$`);
const PARAMETER = new RegExp(
  `[ \\t]*;[ \\t]*(?:(${TOKEN})=(?:(${TOKEN})|"((?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*)"))?`,
  "y",
);

/** `undefined` for anything that the grammar does not give, a repeated parameter included. */
export function parseMediaType(field: string): MediaType | undefined {
  const text = trimOws(field);
  const semicolon = text.indexOf(";");
  const head = trimOws(semicolon === -1 ? text : text.slice(0, semicolon));
  if (!ESSENCE.test(head)) return undefined;
  const parameters = new Map<string, string>();
  let at = semicolon === -1 ? text.length : semicolon;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(text);
    if (found === null || PARAMETER.lastIndex === at) return undefined;
    at = PARAMETER.lastIndex;
    const name = found[1]?.toLowerCase();
    if (name === undefined) continue;
    if (parameters.has(name)) return undefined;
    const value = found[2] ?? (found[3] ?? "").replaceAll(/\\(.)/g, "$1");
    parameters.set(name, name === "charset" ? value.toLowerCase() : value);
  }
  return { essence: head.toLowerCase(), parameters };
}

/** Space and tab, and nothing else that JavaScript counts as white. */
function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOws(text.charCodeAt(start))) start++;
  while (end > start && isOws(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isOws(code: number): boolean {
  return code === 32 || code === 9;
}

/** A media type of the document, ready to be compared. */
export interface DeclaredType extends MediaType {
  /** As the document writes it: the key of `media`. */
  readonly written: string;
}

export function declareType(written: string): DeclaredType {
  const parsed = parseMediaType(written) ?? {
    essence: written.toLowerCase(),
    parameters: new Map<string, string>(),
  };
  return { ...parsed, written };
}

/** The most specific declared type that the given one falls under: exact before `type/*+suffix` before `type/*` before any type, more parameters first. */
export function matchDeclared(
  given: MediaType,
  declared: readonly DeclaredType[],
): DeclaredType | undefined {
  let best: DeclaredType | undefined;
  let bestRank = -1;
  for (const candidate of declared) {
    const rank = rankOf(given, candidate);
    if (rank > bestRank) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best;
}

function rankOf(given: MediaType, declared: DeclaredType): number {
  let parameters = 0;
  for (const [name, value] of declared.parameters) {
    // Which charsets can be read is no matter of matching.
    if (name === "charset") continue;
    if (given.parameters.get(name) !== value) return -1;
    parameters++;
  }
  if (declared.essence === given.essence) return 2_000 + parameters;
  if (declared.essence === "*/*") return parameters;
  const star = declared.essence.indexOf("/*+");
  if (star !== -1) {
    // Not a range of RFC 9110, but what documents write for every type of one suffix (RFC 6839).
    const fits =
      given.essence.startsWith(declared.essence.slice(0, star + 1)) &&
      given.essence.endsWith(declared.essence.slice(star + 2));
    return fits ? 1_500 + parameters : -1;
  }
  const range = declared.essence.endsWith("/*");
  const prefix = declared.essence.slice(0, -1);
  return range && given.essence.startsWith(prefix) ? 1_000 + parameters : -1;
}

/** `application/json`, `text/json` and everything with the suffix `+json` (RFC 6839 3.1). */
export function isJsonType(essence: string): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(essence);
}
