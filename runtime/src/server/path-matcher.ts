/** Room `server`: finds the path item of a request in time that does not grow with the number of routes. */
import type { PathTemplate } from "./path-template.js";
import { compareTemplates } from "./path-template.js";
import {
  compileSegment,
  matchSegment,
  normalizeSegment,
  type SegmentMatcher,
} from "./segment-match.js";

/** What was found, and the values of its variables in order, undecoded. */
export interface PathMatch<Item> {
  readonly item: Item;
  readonly values: readonly string[];
}

interface Partial<Item> {
  readonly template: PathTemplate;
  readonly matcher: SegmentMatcher;
  readonly key: string;
  readonly node: Node<Item>;
}

interface Node<Item> {
  readonly literals: Map<string, Node<Item>>;
  /** Segments of text and variables; more text first. */
  readonly partials: Partial<Item>[];
  variable: Node<Item> | undefined;
  item: Item | undefined;
}

function createNode<Item>(): Node<Item> {
  return {
    literals: new Map(),
    partials: [],
    variable: undefined,
    item: undefined,
  };
}

const noValues: readonly string[] = [];

/** The most concrete of the items that the path matches and `takes` accepts. */
export type FindPath<Item> = (
  path: string,
  takes?: Takes<Item>,
  method?: string,
) => PathMatch<Item> | undefined;

interface Search<Item> {
  readonly path: string;
  readonly takes: Takes<Item>;
  readonly method: string;
  readonly values: string[];
}

/** Whether an item can be what is looked for. */
export type Takes<Item> = (item: Item, method: string) => boolean;

function any(): boolean {
  return true;
}

/**
 * Compiles path templates. At each segment a literal goes before a partial one and that before a variable, with a way back;
 * every node of the tree is looked at once at most, so that a hostile path costs no more than the tree is large.
 */
export function compilePaths<Item>(
  entries: Iterable<readonly [PathTemplate, Item]>,
): FindPath<Item> {
  const concrete = new Map<string, PathMatch<Item>>();
  const root = createNode<Item>();
  for (const [template, item] of entries) {
    const node = insert(root, template);
    if (node.item !== undefined) continue;
    node.item = item;
    if (template.variables.length === 0) {
      const texts = template.segments.map(({ parts }) => parts.join(""));
      const path = `/${texts.join("/")}`;
      // Decoded text that has an escape or a separator of its own is left to the tree.
      if (!path.includes("%") && !texts.some((text) => text.includes("/"))) {
        concrete.set(path, { item, values: noValues });
      }
    }
  }
  return (path, takes = any, method = "") => {
    const direct = concrete.get(path);
    if (direct !== undefined && takes(direct.item, method)) return direct;
    if (path.charCodeAt(0) !== 47) return undefined;
    const values: string[] = [];
    const search: Search<Item> = { path, takes, method, values };
    const item = find(root, search, 1);
    return item === undefined ? undefined : { item, values };
  };
}

/** The node at the end of the template. */
function insert<Item>(root: Node<Item>, template: PathTemplate): Node<Item> {
  let node = root;
  for (const segment of template.segments) {
    const { parts } = segment;
    if (parts.every((part) => typeof part === "string")) {
      const text = parts.join("");
      const next = node.literals.get(text) ?? createNode<Item>();
      node.literals.set(text, next);
      node = next;
    } else if (parts.length === 1) {
      node = node.variable ??= createNode<Item>();
    } else {
      const key = JSON.stringify(
        parts.map((part) => (typeof part === "string" ? part : null)),
      );
      let partial = node.partials.find((known) => known.key === key);
      if (partial === undefined) {
        partial = {
          template: { segments: [segment], variables: [] },
          matcher: compileSegment(segment),
          key,
          node: createNode<Item>(),
        };
        node.partials.push(partial);
        node.partials.sort((a, b) => compareTemplates(a.template, b.template));
      }
      node = partial.node;
    }
  }
  return node;
}

/** Recursion is as deep as the longest template. */
function find<Item>(
  node: Node<Item>,
  search: Search<Item>,
  start: number,
): Item | undefined {
  const { path, values } = search;
  const slash = path.indexOf("/", start);
  const raw = slash === -1 ? path.slice(start) : path.slice(start, slash);

  const literal = node.literals.get(raw.includes("%") ? decode(raw) : raw);
  if (literal !== undefined) {
    const item = below(literal, search, slash);
    if (item !== undefined) return item;
  }
  // OpenAPI: a path parameter has a value; an empty segment is none.
  if (raw === "") return undefined;

  if (node.partials.length > 0) {
    const before = values.length;
    const text = normalizeSegment(raw);
    for (const partial of node.partials) {
      if (!matchSegment(text, partial.matcher, values)) continue;
      const item = below(partial.node, search, slash);
      if (item !== undefined) return item;
      values.length = before;
    }
  }
  if (node.variable === undefined) return undefined;
  values.push(raw);
  const item = below(node.variable, search, slash);
  if (item === undefined) values.pop();
  return item;
}

function below<Item>(
  node: Node<Item>,
  search: Search<Item>,
  slash: number,
): Item | undefined {
  if (slash !== -1) return find(node, search, slash + 1);
  const { item } = node;
  return item !== undefined && search.takes(item, search.method)
    ? item
    : undefined;
}

/** A segment that cannot be decoded equals no literal: no template has a NUL. */
function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return "\0";
  }
}
