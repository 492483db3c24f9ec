/** Room `model`: follows the references of the HTTP half (parameters, responses, bodies, …) to the node that is meant. */
import type { Origin } from "../lint/diagnostic.js";
import type { Document, Json, JsonObject } from "../load/document.js";
import { isObject, member } from "./member.js";
import { buildDoc } from "./build-doc.js";
import type { Doc } from "./schema.js";

export interface Place {
  node: JsonObject;
  origin: Origin;
  /** What the node says to people; 3.1 lets `summary` and `description` beside a reference win. */
  doc: Doc;
}

/** Undefined when there is no object at the end: broken references were reported by the loader, wrong types by the linter. */
export function dereference(
  document: Document,
  value: Json | undefined,
  origin: Origin,
): Place | undefined {
  const seen = new Set<JsonObject>();
  const overrides: Doc[] = [];
  let node = value;
  let at = origin;
  while (isObject(node)) {
    if (typeof member(node, "$ref") !== "string") {
      return { node, origin: at, doc: mergeDocs(buildDoc(node), overrides) };
    }
    if (seen.has(node)) return undefined;
    seen.add(node);
    if (document.version !== "3.0") overrides.push(besideReference(node));
    const target = document.target(node);
    if (target === undefined) return undefined;
    node = target.node;
    at = target.origin;
  }
  return undefined;
}

function besideReference(node: JsonObject): Doc {
  const { summary, description } = buildDoc(node);
  const doc: Doc = {};
  if (summary !== undefined) doc.summary = summary;
  if (description !== undefined) doc.description = description;
  return doc;
}

/** The outermost reference wins. */
function mergeDocs(doc: Doc, overrides: Doc[]): Doc {
  return Object.assign({}, doc, ...overrides.reverse());
}
