/** Room `server`: all operations of one path, and what is said of the methods that it does not have. */
import type { Endpoint } from "./endpoint.js";
import { compilePaths, type PathMatch } from "./path-matcher.js";
import {
  type PathTemplate,
  type TemplateSegment,
  variablesOf,
} from "./path-template.js";

export interface PathItem {
  readonly methods: Map<string, Endpoint>;
}

export interface Routing {
  /** The most concrete path that has the method. The values include those of the prefix. */
  find(path: string, method: string): PathMatch<PathItem> | undefined;
  /** Everything that the path matches, whatever the method: most concrete first. */
  all(path: string): PathMatch<PathItem>[];
  itemOf(endpoint: Endpoint): PathItem;
}

/** One item for each path, variables' names aside. */
export function compileItems(
  endpoints: readonly Endpoint[],
  prefix: readonly TemplateSegment[],
): Routing {
  const items = new Map<string, [PathTemplate, Map<string, Endpoint>]>();
  for (const endpoint of endpoints) {
    const { template, route } = endpoint;
    const key = keyOf(template);
    let item = items.get(key);
    if (item === undefined) {
      item = [prefixed(prefix, template), new Map()];
      items.set(key, item);
    }
    // Two of one method are an error of the document; the first keeps the route.
    if (!item[1].has(route.method)) item[1].set(route.method, endpoint);
  }
  const byKey = new Map<string, PathItem>();
  const entries = [...items].map(([key, [template, methods]]) => {
    const item: PathItem = { methods };
    byKey.set(key, item);
    return [template, item] as const;
  });
  const find = compilePaths(entries);
  return {
    find: (path, method) => find(path, hasMethod, method),
    all(path) {
      const found: PathMatch<PathItem>[] = [];
      for (;;) {
        const next = find(path, (item) =>
          found.every((known) => known.item !== item),
        );
        if (next === undefined) return found;
        found.push(next);
      }
    },
    itemOf(endpoint) {
      const item = byKey.get(keyOf(endpoint.template));
      if (item === undefined) throw new Error("an endpoint of another router");
      return item;
    },
  };
}

function prefixed(
  prefix: readonly TemplateSegment[],
  template: PathTemplate,
): PathTemplate {
  if (prefix.length === 0) return template;
  return {
    segments: [...prefix, ...template.segments],
    variables: [...variablesOf(prefix), ...template.variables],
  };
}

/** Equal for templates that match the same paths: a variable is a brace, which no path has. */
export function keyOf(template: PathTemplate): string {
  let key = "";
  for (const { parts } of template.segments) {
    key += "/";
    for (const part of parts) {
      key += typeof part === "string" ? escapeKey(part) : "{}";
    }
  }
  return key;
}

function escapeKey(text: string): string {
  return /[/{\\]/.test(text) ? text.replaceAll(/[/{\\]/g, "\\$&") : text;
}

/** Value of `Allow` for a path that matches these: documented methods, HEAD with GET, OPTIONS. */
export function allowOf(matches: readonly PathMatch<PathItem>[]): string {
  const allowed = new Set<string>();
  for (const { item } of matches) {
    for (const method of item.methods.keys()) {
      allowed.add(method);
      if (method === "GET") allowed.add("HEAD");
    }
  }
  allowed.add("OPTIONS");
  return [...allowed].join(", ");
}

function hasMethod(item: PathItem, method: string): boolean {
  return endpointFor(item, method) !== undefined;
}

/** RFC 9110 9.3.2: HEAD is GET without the content. */
export function endpointFor(
  item: PathItem,
  method: string,
): Endpoint | undefined {
  return (
    item.methods.get(method) ??
    (method === "HEAD" ? item.methods.get("GET") : undefined)
  );
}
