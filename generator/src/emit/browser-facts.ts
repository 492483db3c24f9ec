/** Room `emit`: what the CORS protocol asks of operations and of the document. */
import type { Api, Media, Operation } from "../model/api.js";
import type { Json } from "../load/document.js";
import type { Code } from "./code.js";
import { json } from "./syntax.js";

/** Sent without being asked about, whatever their value (Fetch 2.2.2). */
const SENT = new Set(["accept", "accept-language", "content-language"]);
/** Read without being told (Fetch 2.2.2), and one that no script may read. */
const READ = new Set([
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
  "set-cookie",
]);
const FORM_TYPES =
  /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)(?:;|$)/;

/** In lower case, each once. */
export function requestHeaders({ params, body }: Operation): string[] {
  const names = params
    .filter((param) => param.in === "header")
    .map((param) => param.name.toLowerCase())
    .filter((name) => !SENT.has(name));
  if (body?.media.some(isAskedAbout)) names.push("content-type");
  return [...new Set(names)];
}

function isAskedAbout({ type }: Media): boolean {
  return !FORM_TYPES.test(type);
}

export function responseHeaders({ answers }: Operation): string[] {
  const names = answers.flatMap(({ headers }) =>
    headers.map((header) => header.name).filter((name) => !READ.has(name)),
  );
  return [...new Set(names)];
}

/** `undefined` when the document says nothing for all of its operations. */
export function documentFacts(api: Api): Code | undefined {
  const { cors, versioning } = api;
  const basePath = basePathOf(api);
  const facts: Record<string, Json> = {};
  if (cors !== undefined) facts["cors"] = { ...cors };
  if (basePath !== "") facts["basePath"] = basePath;
  if (versioning !== undefined) facts["versioning"] = { ...versioning };
  return Object.keys(facts).length === 0 ? undefined : json(facts);
}

/** Of the first server; empty where it has none, or where it depends on variables without values. */
function basePathOf({ servers: [first = ""] }: Api): string {
  if (/[{}]/.test(first) || !URL.canParse(first, "http://localhost/"))
    return "";
  return new URL(first, "http://localhost/").pathname.replace(/\/+$/, "");
}
