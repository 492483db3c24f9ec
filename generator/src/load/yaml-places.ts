/** Room `load`: where members stand in YAML text. */
import type { CST } from "yaml";
import { childPointer, pointerKeys } from "./pointer.js";
import type { MemberPlace, TextRange } from "./positions.js";
import {
  isSequence,
  itemsOf,
  readYamlTokens,
  type YamlTokens,
} from "./yaml-tokens.js";

type Token = CST.Token;

interface Entry {
  key?: Token;
  value: Token | undefined;
  /** Where the item begins, when it has no value. */
  offset: number;
}

/** Aliases and merge keys on the way of a pointer. */
const MAX_HOPS = 64;

/** Ancestors of the pointers are in the answer too. */
export function yamlPlaces(
  text: string,
  pointers: Iterable<string>,
): Map<string, MemberPlace> {
  const tokens = readYamlTokens(text);
  const entries = new Map<Token, Map<string, Entry>>();
  const places = new Map<string, MemberPlace>();
  const root = tokens.root;
  places.set("", { value: root === undefined ? EMPTY : rangeOf(root) });
  for (const pointer of pointers) {
    let token = root;
    let at = "";
    for (const key of pointerKeys(pointer)) {
      const entry = find(tokens, entries, token, key, 0);
      if (entry === undefined) break;
      at = childPointer(at, key);
      places.set(at, placeOf(entry));
      token = entry.value;
    }
  }
  return places;
}

const EMPTY: TextRange = { start: 0, end: 1 };

function find(
  tokens: YamlTokens,
  entries: Map<Token, Map<string, Entry>>,
  token: Token | undefined,
  key: string,
  hops: number,
): Entry | undefined {
  if (token === undefined || hops > MAX_HOPS) return undefined;
  if (token.type === "alias") {
    const anchored = tokens.anchors.get(token.source.slice(1));
    return find(tokens, entries, anchored, key, hops + 1);
  }
  let members = entries.get(token);
  if (members === undefined) {
    members = entriesOf(tokens, token);
    entries.set(token, members);
  }
  const own = members.get(key);
  if (own !== undefined) return own;
  const merged = members.get("<<")?.value;
  if (merged === undefined) return undefined;
  const sources = isSequence(merged)
    ? itemsOf(merged).map((item) => item.value)
    : [merged];
  for (const source of sources) {
    const entry = find(tokens, entries, source ?? undefined, key, hops + 1);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function entriesOf(tokens: YamlTokens, token: Token): Map<string, Entry> {
  const members = new Map<string, Entry>();
  const isList = isSequence(token);
  let index = 0;
  for (const item of itemsOf(token)) {
    const offset = item.start[0]?.offset ?? token.offset;
    if (isList) {
      if (item.value !== undefined || item.start.length > 0) {
        members.set(String(index++), { value: item.value, offset });
      }
    } else if (item.key !== undefined && item.key !== null) {
      members.set(tokens.keyText(item.key) ?? "", {
        key: item.key,
        value: item.value,
        offset,
      });
    }
  }
  return members;
}

function placeOf(entry: Entry): MemberPlace {
  const key = entry.key === undefined ? undefined : rangeOf(entry.key);
  const value =
    entry.value === undefined
      ? (key ?? { start: entry.offset, end: entry.offset + 1 })
      : rangeOf(entry.value);
  return { value, ...(key === undefined ? {} : { key }) };
}

/** Collections are shown by their first key or item. */
function rangeOf(token: Token): TextRange {
  if ("items" in token) {
    const first = itemsOf(token)[0];
    const key = first?.key;
    if (token.type === "block-map" && key !== undefined && key !== null) {
      return rangeOf(key);
    }
    return { start: token.offset, end: token.offset + 1 };
  }
  const source = "source" in token ? token.source : "";
  const start =
    token.type === "block-scalar"
      ? (token.props[0]?.offset ?? token.offset)
      : token.offset;
  const length = token.type === "block-scalar" ? 1 : source.length;
  return { start, end: start + Math.max(1, length) };
}
