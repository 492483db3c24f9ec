/** Room `lint`: fields that an object does not have, with what may have been meant. */
import { distance } from "fastest-levenshtein";
import type { Document, JsonObject, NodeKind } from "../../../load/document.js";
import { GRAMMAR } from "../../../load/grammar.js";
import { below } from "../../below.js";
import type { Origin } from "../../diagnostic.js";
import type { MakeRule } from "../../rule.js";
import { shorten } from "../../shorten.js";
import { OLD_KEYWORDS } from "../unenforced-keywords.js";

/** Keywords that OpenAPI 3.0's schemas do not have, and that mean nothing in them. */
export const NO_KEYWORDS_OF_3_0: ReadonlySet<string> = new Set(
  "$id $schema $anchor $dynamicRef $dynamicAnchor $vocabulary".split(" "),
);

interface Unknown {
  kind: NodeKind;
  key: string;
  origin: Origin;
  places: number;
}

export const unknownFields: MakeRule = () => {
  /** One finding for a name of a kind: generators of documents repeat what they do not know. */
  const found = new Map<string, Unknown>();
  return {
    anyNode(node, kind, origin, { document }) {
      for (const key of unknownKeys(node, kind, document)) {
        const name = `${kind} ${key}`;
        const before = found.get(name);
        if (before) before.places += 1;
        else found.set(name, { kind, key, origin, places: 1 });
      }
    },
    whole({ document, diagnostics }) {
      for (const { kind, key, origin, places } of found.values()) {
        const title = GRAMMAR.get(kind)?.title ?? kind;
        const others = places === 1 ? "" : `, here and in ${places - 1} more`;
        diagnostics.warning(
          "KT6015",
          below(origin, key),
          `${title} has no field \`${shorten(key)}\` in OpenAPI ${document.version}${others}`,
          { help: helpFor(key, kind) },
        );
      }
    },
  };
};

function* unknownKeys(
  node: JsonObject,
  kind: NodeKind,
  { version }: Document,
): Generator<string> {
  const rule = GRAMMAR.get(kind);
  if (rule === undefined || rule.others !== undefined) return;
  for (const key of Object.keys(node)) {
    if (key.startsWith("x-") || key === "$ref") continue;
    const field = rule.fields.get(key);
    if (kind === "schema") {
      if (OLD_KEYWORDS.has(key) || key === "$recursiveAnchor") continue;
      if (field && !(version === "3.0" && NO_KEYWORDS_OF_3_0.has(key))) {
        continue;
      }
      yield key;
    } else if (field === undefined || (field.since ?? "") > version) {
      yield key;
    }
  }
}

function helpFor(key: string, kind: NodeKind): string {
  const fields = GRAMMAR.get(kind)?.fields ?? new Map();
  const since = fields.get(key)?.since;
  if (since !== undefined) return `OpenAPI ${since} has it`;
  if (fields.has(key)) return "OpenAPI 3.1 has it";
  let best: string | undefined;
  let least = Infinity;
  if (key.length <= 40) {
    for (const each of fields.keys()) {
      const apart = distance(key.toLowerCase(), each.toLowerCase());
      if (apart < least) [best, least] = [each, apart];
    }
  }
  return best !== undefined && least <= (key.length < 6 ? 1 : 2)
    ? `did you mean \`${best}\`?`
    : "nothing follows from it: remove it, or give it a name that begins with `x-`";
}
