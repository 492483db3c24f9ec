/** Room `load`: YAML text as tokens with offsets, for what parsed values do not tell: places and duplicate keys. */
import { createRequire } from "node:module";
import type { CST } from "yaml";
import { childPointer } from "./pointer.js";

const require = createRequire(import.meta.url);

type Token = CST.Token;
type Item = CST.CollectionItem;

/** A value in the text: its token, and its members when it is a collection. */
export interface YamlTokens {
  root: Token | undefined;
  anchors: ReadonlyMap<string, Token>;
  keyText(token: Token): string | undefined;
}

export function readYamlTokens(text: string): YamlTokens {
  const { Parser, CST: cst }: typeof import("yaml") = require("yaml");
  let root: Token | undefined;
  for (const token of new Parser().parse(text)) {
    if (token.type === "document") {
      root = token.value;
      break;
    }
  }
  const anchors = new Map<string, Token>();
  collectAnchors(root, anchors);
  return {
    root,
    anchors,
    keyText: (token) => cst.resolveAsScalar(token)?.value,
  };
}

export function itemsOf(token: Token | undefined): readonly Item[] {
  return token !== undefined && "items" in token ? token.items : [];
}

export function isSequence(token: Token): boolean {
  return (
    token.type === "block-seq" ||
    (token.type === "flow-collection" && token.start.source === "[")
  );
}

/** Every key that stands again in the same mapping, with the pointer of the member. */
export function duplicateYamlKeys(
  tokens: YamlTokens,
): { key: string; pointer: string; offset: number }[] {
  const found: { key: string; pointer: string; offset: number }[] = [];
  const open: { token: Token | undefined | null; pointer: string }[] = [
    { token: tokens.root, pointer: "" },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, pointer } = next;
    if (token === undefined || token === null) continue;
    const isList = isSequence(token);
    const seen = new Set<string>();
    let index = 0;
    for (const item of itemsOf(token)) {
      if (isList) {
        if (item.value !== undefined) {
          open.push({
            token: item.value,
            pointer: childPointer(pointer, index++),
          });
        }
        continue;
      }
      if (item.key === undefined || item.key === null) continue;
      const key = tokens.keyText(item.key) ?? "";
      const place = childPointer(pointer, key);
      if (seen.has(key)) {
        found.push({ key, pointer: place, offset: item.key.offset });
      }
      if (key !== "<<") seen.add(key);
      open.push({ token: item.value, pointer: place });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function collectAnchors(
  root: Token | undefined,
  anchors: Map<string, Token>,
): void {
  const open: (Token | undefined | null)[] = [root];
  for (let at = 0; at < open.length; at++) {
    for (const item of itemsOf(open[at] ?? undefined)) {
      noteAnchor(item.start, item.key ?? item.value, anchors);
      noteAnchor(item.sep, item.value, anchors);
      open.push(item.key, item.value);
    }
  }
}

function noteAnchor(
  before: readonly CST.SourceToken[] | undefined,
  token: Token | undefined | null,
  anchors: Map<string, Token>,
): void {
  if (token === undefined || token === null) return;
  for (const each of before ?? []) {
    if (each.type === "anchor") anchors.set(each.source.slice(1), token);
  }
}
