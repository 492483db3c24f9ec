/** Room `model`: what a node says to people. */
import type { JsonObject } from "../load/document.js";
import { spellingsOf } from "../lint/vocabulary.js";
import { member } from "./member.js";
import type { Doc } from "./schema.js";

export function buildDoc(node: JsonObject): Doc {
  const doc: Doc = {};
  const title = member(node, "title");
  const summary = member(node, "summary");
  const description = member(node, "description");
  if (typeof title === "string") doc.title = title;
  if (typeof summary === "string") doc.summary = summary;
  if (typeof description === "string") doc.description = description;
  if (member(node, "deprecated") === true) doc.deprecated = true;
  for (const spelling of spellingsOf("x-deprecated-reason")) {
    const reason = member(node, spelling);
    if (typeof reason === "string") doc.deprecationReason ??= reason;
  }
  return doc;
}
