/** Room `load`: whether a reference leads to the kind of node that its place asks for. */
import type { NodeKind } from "./document.js";
import { GRAMMAR, type Place, type Version, structures } from "./grammar.js";
import { typeName } from "./member.js";
import { pointerKeys } from "./pointer.js";
import type { Failure, Found } from "./reference.js";

export function wrongKind(place: Place, found: Found): Failure | undefined {
  const expected = describe(place);
  const { node } = found;
  const fits =
    place.form === "list"
      ? Array.isArray(node)
      : (typeof node === "object" && node !== null && !Array.isArray(node)) ||
        (place.form === "one" &&
          place.kind === "schema" &&
          typeof node === "boolean");
  if (!fits) {
    return { kind: "wrong-kind", expected, found: typeName(node), at: found };
  }
  const version = found.file.openapi;
  if (version === undefined) return undefined;
  const standing = placeAt(version, found.pointer);
  if (standing === undefined || fitsInto(standing, place)) return undefined;
  return {
    kind: "wrong-kind",
    expected,
    found: describe(standing),
    at: found,
  };
}

function fitsInto(standing: Place, place: Place): boolean {
  if (standing.form !== place.form) return false;
  // A header object is a parameter without `name` and `in`: documents use one for the other.
  return standing.kind === place.kind || isHeaderFromParameter(standing, place);
}

function isHeaderFromParameter(standing: Place, place: Place): boolean {
  return standing.kind === "parameter" && place.kind === "header";
}

/** What an OpenAPI document has at a place; `undefined`: data, extensions, or nothing that the grammar knows. */
function placeAt(version: Version, pointer: string): Place | undefined {
  const table = structures(version);
  let place: Place = { form: "one", kind: "document" };
  for (const key of pointerKeys(pointer)) {
    if (place.form !== "one") {
      place = { form: "one", kind: place.kind };
      continue;
    }
    const structure = table.get(place.kind);
    const child = structure?.children.get(key);
    if (child === "text") return undefined;
    const next: Place | undefined =
      child ?? (key.startsWith("x-") ? undefined : structure?.others);
    if (next === undefined) return undefined;
    place = next;
  }
  return place;
}

function describe(place: Place): string {
  const title = titleOf(place.kind);
  if (place.form === "one") return title;
  const bare = title.replace(/^(?:an?|the) /, "");
  return `${place.form === "list" ? "a list" : "a map"} of ${bare} objects`;
}

export function titleOf(kind: NodeKind): string {
  return GRAMMAR.get(kind)?.title ?? kind;
}
