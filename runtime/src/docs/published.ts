/** Room `docs`: the document as strangers may see it: without what is `x-internal`, and without what only that has needed. */
import { dataOf, isObject, type Json, NAMED, parentsOf } from "./json.js";
import { names, reachable } from "./uses.js";

export interface PublishSettings {
  /** Takes the place of `info.version`: what is deployed. */
  readonly version?: string | undefined;
  /** Takes the place of `servers`. */
  readonly servers?: readonly object[] | undefined;
}

/** A copy; the document itself is not touched. */
export function publish(document: Json, settings: PublishSettings): Json {
  const hidden = hiddenComponents(document);
  const shown = prune(document, false, hidden);
  if (!isObject(shown)) throw new TypeError("the document is no object");
  dropUnused(document, shown);
  const { info } = shown;
  if (settings.version !== undefined && isObject(info)) {
    info["version"] = settings.version;
  }
  if (settings.servers !== undefined) shown["servers"] = settings.servers;
  return shown;
}

function isInternal(value: unknown): boolean {
  return (
    isObject(value) &&
    (value["x-internal"] === true || value["x-kontract-internal"] === true)
  );
}

/** Pointers of components that are internal, or only another name of one that is. */
function hiddenComponents(document: Json): ReadonlySet<string> {
  const hidden = new Set<string>();
  const { components } = document;
  if (!isObject(components)) return hidden;
  let before = -1;
  while (hidden.size > before) {
    before = hidden.size;
    for (const [kind, members] of Object.entries(components)) {
      if (!isObject(members)) continue;
      for (const [name, member] of Object.entries(members)) {
        if (isInternal(member) || pointsInto(member, hidden)) {
          hidden.add(pointerOf(kind, name));
        }
      }
    }
  }
  return hidden;
}

function pointerOf(kind: string, name: string): string {
  return `#/components/${kind}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function pointsInto(value: unknown, hidden: ReadonlySet<string>): boolean {
  if (!isObject(value) || typeof value["$ref"] !== "string") return false;
  return parentsOf(value["$ref"]).some((pointer) => hidden.has(pointer));
}

/** Members and items that are hidden go; where one thing is expected, nothing is said of it. */
function prune(
  value: unknown,
  named: boolean,
  hidden: ReadonlySet<string>,
): unknown {
  const gone = (member: unknown): boolean =>
    isInternal(member) || pointsInto(member, hidden);
  if (Array.isArray(value)) {
    return value
      .filter((item) => !gone(item))
      .map((item) => prune(item, false, hidden));
  }
  if (!isObject(value)) return value;
  const kept: Json = {};
  const lost = new Set<string>();
  for (const [name, member] of Object.entries(value)) {
    if (!named && dataOf(name, member)) set(kept, name, member);
    else if (!gone(member)) {
      set(kept, name, prune(member, !named && NAMED.has(name), hidden));
    } else if (!named && SINGLE.has(name)) set(kept, name, {});
    else lost.add(name);
  }
  if (!named) amend(kept, value, hidden);
  return kept;
}

/** Where a schema that may not be seen leaves one that says nothing. */
const SINGLE = new Set(["schema", "items", "additionalProperties", "not"]);

/** `required` names no property, and `mapping` no schema, that is not there any more. */
function amend(kept: Json, value: Json, hidden: ReadonlySet<string>): void {
  const { required } = kept;
  const before = value["properties"];
  const after = kept["properties"];
  if (Array.isArray(required) && isObject(before) && isObject(after)) {
    kept["required"] = required.filter(
      (name) =>
        typeof name !== "string" ||
        Object.hasOwn(after, name) ||
        !Object.hasOwn(before, name),
    );
  }
  const { mapping } = kept;
  if (!isObject(mapping)) return;
  kept["mapping"] = Object.fromEntries(
    Object.entries(mapping).filter(
      ([, target]) =>
        !pointsInto({ $ref: target }, hidden) &&
        !hidden.has(`#/components/schemas/${String(target)}`),
    ),
  );
}

/** `__proto__` is a name like any other. */
function set(object: Json, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** Components, tags and security schemes that were used before and are not any more, and paths without a method. */
function dropUnused(document: Json, shown: Json): void {
  const { paths } = shown;
  if (isObject(paths)) {
    for (const [path, item] of Object.entries(paths)) {
      const bare = isObject(item) && !names.hasOperation(item);
      const original = document["paths"];
      const had = isObject(original) ? original[path] : undefined;
      if (bare && isObject(had) && names.hasOperation(had)) delete paths[path];
    }
  }
  const before = reachable(document);
  const after = reachable(shown);
  const { components } = shown;
  if (isObject(components)) {
    for (const [kind, members] of Object.entries(components)) {
      if (!isObject(members)) continue;
      for (const name of Object.keys(members)) {
        const pointer = pointerOf(kind, name);
        if (before.has(pointer) && !after.has(pointer)) delete members[name];
      }
    }
  }
  const tagsBefore = names.tags(document);
  const tagsAfter = names.tags(shown);
  if (Array.isArray(shown["tags"])) {
    shown["tags"] = shown["tags"].filter((tag) => {
      const name: unknown = isObject(tag) ? tag["name"] : undefined;
      return !tagsBefore.has(name) || tagsAfter.has(name);
    });
  }
}
