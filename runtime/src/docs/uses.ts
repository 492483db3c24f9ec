/** Room `docs`: what the operations of a document use: components, tags, security schemes. */
import { dataOf, isObject, type Json, NAMED, parentsOf } from "./json.js";

const METHODS = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
  "additionalOperations",
]);

/** Calls for every object of the document that is no data. */
function visit(
  value: unknown,
  named: boolean,
  see: (object: Json) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, false, see);
    return;
  }
  if (!isObject(value)) return;
  if (!named) see(value);
  for (const [name, member] of Object.entries(value)) {
    if (!named && dataOf(name, member)) continue;
    visit(member, !named && NAMED.has(name), see);
  }
}

/** Pointers of the components that the rest of the document needs, directly or by way of others. */
export function reachable(document: Json): ReadonlySet<string> {
  const found = new Set<string>();
  const { components, ...rest } = document;
  const look = (value: unknown): void =>
    visit(value, false, (object) => {
      const { $ref, security } = object;
      if (typeof $ref === "string") follow($ref);
      if (Array.isArray(security)) {
        for (const scheme of security.filter(isObject).flatMap(Object.keys)) {
          follow(`#/components/securitySchemes/${scheme}`);
        }
      }
      const { mapping } = object;
      if (isObject(mapping)) {
        for (const target of Object.values(mapping)) follow(String(target));
      }
    });
  const follow = (reference: string): void => {
    const pointer = parentsOf(reference).at(-1) ?? "";
    if (!pointer.startsWith("#/components/") || found.has(pointer)) return;
    found.add(pointer);
    const [, , kind = "", name = ""] = pointer.split("/");
    const members = isObject(components) ? components[kind] : undefined;
    if (!isObject(members)) return;
    const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Object.hasOwn(members, key)) look(members[key]);
  };
  look(rest);
  return found;
}

export const names = {
  hasOperation(pathItem: Json): boolean {
    return (
      "$ref" in pathItem ||
      Object.keys(pathItem).some((key) => METHODS.has(key))
    );
  },

  /** Of all operations; the list of tags itself does not count. */
  tags(document: Json): ReadonlySet<unknown> {
    const found = new Set<unknown>();
    visit(document, false, (object) => {
      const { tags, responses } = object;
      if (!Array.isArray(tags) || !isObject(responses)) return;
      for (const tag of tags) found.add(tag);
    });
    return found;
  },
};
