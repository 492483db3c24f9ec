/** Room `model`: what a response says of where to go next: `links`, and `x-links` of responses and operations. */
import { spellingsOf } from "../lint/vocabulary.js";
import type { Json, JsonObject } from "../load/document.js";
import type { AnswerLink } from "./api.js";
import { below, tokensOf } from "./below.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member, objectMember, textMember } from "./member.js";
import { pathOf } from "./parse-path.js";

/** Of a response object: `links` first, then what only `x-links` says. */
export function buildLinks(
  { node, origin }: Place,
  { document }: Pick<HttpContext, "document">,
): AnswerLink[] {
  const links: AnswerLink[] = [];
  for (const [rel, value] of Object.entries(
    objectMember(node, "links") ?? {},
  )) {
    const at = below(origin, "links", rel);
    const place = dereference(document, value, at);
    const link = place && readLink(rel, place.node);
    if (link) links.push({ ...link, origin: at });
  }
  const stated = statedLinks(node);
  if (stated === undefined) return links;
  for (const link of readStatedLinks(stated.value)) {
    links.push({ ...link, origin: below(origin, stated.name, link.rel) });
  }
  return links;
}

function statedLinks(
  node: JsonObject,
): { name: string; value: Json } | undefined {
  for (const name of spellingsOf("x-links")) {
    const value = member(node, name);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** `{ rel: operationId }` or `{ rel: { operationId, parameters } }`; what is neither is left out. */
export function readStatedLinks(value: Json): Omit<AnswerLink, "origin">[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([rel, each]) => {
    const link = readLink(
      rel,
      typeof each === "string" ? { operationId: each } : each,
    );
    return link === undefined ? [] : [link];
  });
}

function readLink(
  rel: string,
  node: Json,
): Omit<AnswerLink, "origin"> | undefined {
  if (!isObject(node)) return undefined;
  const id = textMember(node, "operationId");
  const reference = textMember(node, "operationRef");
  const target = id !== undefined ? { id } : reference && targetOf(reference);
  if (!target) return undefined;
  const parameters = Object.entries(objectMember(node, "parameters") ?? {});
  return {
    rel,
    target,
    parameters: parameters.map(([name, value]) => ({ name, value })),
  };
}

/** `#/paths/~1books~1{bookId}/get`; operations of other documents are served by others. */
function targetOf(
  reference: string,
): Exclude<AnswerLink["target"], { id: string }> | undefined {
  if (!reference.startsWith("#/paths/")) return undefined;
  let pointer: string;
  try {
    pointer = decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
  const [, path, method, ...more] = tokensOf(pointer);
  if (path === undefined || method === undefined || more.length > 0) {
    return undefined;
  }
  return { path: pathOf(path), method: method.toUpperCase() };
}
