/** Room `server`: a path key of the document, taken apart (`/j/{id}:cancel`). */

/** Literal texts and variables in turn; literals are percent-decoded. */
export interface TemplateSegment {
  readonly parts: readonly (string | { readonly variable: string })[];
}

export interface PathTemplate {
  readonly segments: readonly TemplateSegment[];
  readonly variables: readonly string[];
}

/** Texts outside braces are literal, a brace without its partner included. */
export function parseTemplate(path: string): PathTemplate {
  const text = path.startsWith("/") ? path.slice(1) : path;
  const segments = text.split("/").map(parseSegment);
  return { segments, variables: variablesOf(segments) };
}

/** Names in order. */
export function variablesOf(segments: readonly TemplateSegment[]): string[] {
  return segments.flatMap(({ parts }) =>
    parts.flatMap((part) => (typeof part === "string" ? [] : [part.variable])),
  );
}

function parseSegment(text: string): TemplateSegment {
  const parts: (string | { variable: string })[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    const close = open === -1 ? -1 : text.indexOf("}", open);
    if (close === -1) break;
    if (open > at) parts.push(decodeLiteral(text.slice(at, open)));
    parts.push({ variable: text.slice(open + 1, close) });
    at = close + 1;
  }
  if (at < text.length || text === "") {
    parts.push(decodeLiteral(text.slice(at)));
  }
  return { parts };
}

function decodeLiteral(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Characters that a path segment may hold as they are (RFC 3986 3.3) and `encodeURIComponent` escapes. */
const KEPT = /%(?:3A|40|24|26|2B|2C|3B|3D)/g;

function encodeLiteral(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replaceAll(
    KEPT,
    (escaped) => decodeURIComponent(escaped),
  );
}

const IDENTIFIER = /^[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*$/u;
const CONTINUES = /^[$\u200c\u200d\p{ID_Continue}]/u;

/** The template in the router's own notation: `/j/:id\:cancel`. Names that are no identifiers come in quotes. */
export function layerPath(template: PathTemplate): string {
  const used = new Set<string>();
  return template.segments
    .map(({ parts }) => `/${segmentPath(parts, used)}`)
    .join("");
}

function segmentPath(
  parts: TemplateSegment["parts"],
  used: Set<string>,
): string {
  let path = "";
  for (const [index, part] of parts.entries()) {
    if (typeof part === "string") {
      path += encodeLiteral(part).replaceAll(/[{}()[\]+?!:*\\]/g, "\\$&");
      continue;
    }
    // Two variables without a text between them are one to the router; we take them apart ourselves.
    if (index > 0 && typeof parts[index - 1] !== "string") continue;
    let name = part.variable === "" ? "_" : part.variable;
    while (used.has(name)) name += "_";
    used.add(name);
    const next = parts[index + 1];
    const open = typeof next === "string" && CONTINUES.test(next);
    const plain = IDENTIFIER.test(name) && !open;
    path += plain ? `:${name}` : `:"${name.replaceAll(/["\\]/g, "\\$&")}"`;
  }
  return path;
}

/** Orders templates concrete before templated, segment by segment; 0 keeps the document's order. */
export function compareTemplates(a: PathTemplate, b: PathTemplate): number {
  const length = Math.min(a.segments.length, b.segments.length);
  for (let index = 0; index < length; index++) {
    const order = weight(a.segments[index]) - weight(b.segments[index]);
    if (order !== 0) return order;
  }
  return a.segments.length - b.segments.length;
}

/** More literal text is more concrete. */
function weight(segment: TemplateSegment | undefined): number {
  const parts = segment?.parts ?? [];
  const literals = parts.filter((part) => typeof part === "string");
  const variables = parts.length - literals.length;
  return variables === 0 ? -1e9 : variables - literals.join("").length * 1_000;
}

/** A prefix of the router's notation as segments, when it has literals and whole-segment variables only. */
export function parsePrefix(prefix: string): TemplateSegment[] | undefined {
  if (prefix === "") return [];
  const segments: TemplateSegment[] = [];
  for (const text of prefix.replace(/^\//, "").split("/")) {
    if (IDENTIFIER.test(text.slice(1)) && text.startsWith(":")) {
      segments.push({ parts: [{ variable: text.slice(1) }] });
    } else if (/[{}()[\]+?!:*\\]/.test(text)) return undefined;
    else segments.push({ parts: [decodeLiteral(text)] });
  }
  return segments;
}
