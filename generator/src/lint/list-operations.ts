/** Room `lint`: every operation below `paths` and `webhooks`, through the references of path items. */
import type { Document, Json, JsonObject } from "../load/document.js";
import { GRAMMAR } from "../load/grammar.js";
import { isObject, member } from "../load/member.js";
import { below } from "./below.js";
import type { Origin } from "./diagnostic.js";
import type { OperationStanding, Standing } from "./rule.js";

export function listOperations(document: Document): OperationStanding[] {
  const found: OperationStanding[] = [];
  for (const section of ["paths", "webhooks"] as const) {
    if (section === "webhooks" && document.version === "3.0") continue;
    const map = member(document.root, section);
    if (!isObject(map)) continue;
    for (const key of Object.keys(map)) {
      if (section === "paths" && key.startsWith("x-")) continue;
      const pathOrigin = below(document.origin, section, key);
      const items = itemChain(document, map[key], pathOrigin);
      const path = section === "paths" ? { path: key } : {};
      for (const operation of operationsOf(document, items)) {
        found.push({ ...operation, ...path, items, pathOrigin });
      }
    }
  }
  return found;
}

function itemChain(
  document: Document,
  value: Json | undefined,
  start: Origin,
): Standing[] {
  const chain: Standing[] = [];
  const seen = new Set<JsonObject>();
  let node = value;
  let origin = start;
  while (isObject(node) && !seen.has(node)) {
    seen.add(node);
    chain.push({ node, origin });
    const target = Object.hasOwn(node, "$ref")
      ? document.target(node)
      : undefined;
    if (target === undefined) break;
    ({ node, origin } = target);
  }
  return chain;
}

/** The nearest path item that has a method wins. */
function operationsOf(
  document: Document,
  items: readonly Standing[],
): (Standing & { method: string })[] {
  const found = new Map<string, Standing & { method: string }>();
  const fields = GRAMMAR.get("pathItem")?.fields;
  for (const { node, origin } of items) {
    for (const key of Object.keys(node)) {
      const field = fields?.get(key);
      if (field === undefined || (field.since ?? "") > document.version) {
        continue;
      }
      const value = node[key];
      if (!isObject(value)) continue;
      if (field.notation === "operation" && !found.has(key.toUpperCase())) {
        const method = key.toUpperCase();
        found.set(method, { node: value, origin: below(origin, key), method });
      } else if (key === "additionalOperations") {
        for (const method of Object.keys(value)) {
          const each = value[method];
          if (!isObject(each) || found.has(method)) continue;
          const place = below(origin, key, method);
          found.set(method, { node: each, origin: place, method });
        }
      }
    }
  }
  return [...found.values()];
}
