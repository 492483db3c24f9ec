/** Room `model`: where the `x-` members of one operation are looked for, nearest first. */
import type { Diagnostics, Origin } from "../../lint/diagnostic.js";
import {
  type ExtensionName,
  PREFIX,
  spellingsOf,
} from "../../lint/vocabulary.js";
import type { Json, JsonObject } from "../../load/document.js";
import type { Operation, ProblemType } from "../api.js";
import { below } from "../below.js";
import type { Holder } from "../build-params.js";
import type { Model, ModelId } from "../schema.js";
import { isObject, listMember, member, textMember } from "../member.js";

/** A value of the vocabulary, and where it is written. */
export interface Extension {
  /** As written: `x-rate-limit`, `x-kontract-rate-limit`, `x-ratelimit`. */
  name: string;
  value: Json;
  origin: Origin;
  /** Which kind of object holds it. */
  level: "operation" | "path" | "tag" | "root";
}

/** An operation that policies may refer to: `path` is the path key, variables in braces. */
export type Referable = Pick<
  Operation,
  "id" | "method" | "path" | "params" | "security" | "routed"
>;

/** Where the builders of policies look, and what they look with. */
export interface PolicyPlace {
  readonly operation: Holder;
  /** All of the document, by id. */
  readonly operations: ReadonlyMap<string, Referable>;
  readonly models: ReadonlyMap<ModelId, Model>;
  /** The document's catalogue. */
  readonly problems: readonly ProblemType[];
  /** On the operation itself only. */
  own(...names: ExtensionName[]): Extension | undefined;
  /** On the operation, else its path item, else the first of its tags that has it, else the document. */
  nearest(...names: ExtensionName[]): Extension | undefined;
  /** Everything under these names, nearest first; of one object the first name counts. */
  all(...names: ExtensionName[]): Extension[];
  /**
   * Says that a value is not understood, so that nothing of it is applied. Others use short names for things of their
   * own, which is no reason to refuse a document; under our prefix it is a mistake.
   */
  refuse(
    extension: Pick<Extension, "name" | "origin">,
    what: string,
    help: string,
  ): void;
  /** Says that a link of plain OpenAPI is left out. */
  leaveOut(link: Origin, what: string, help: string): void;
}

/** `pathItems`: farthest first, as `OperationPlace` has them. */
export function policyPlace(
  {
    operation,
    pathItems,
  }: Record<"operation", Holder> & {
    pathItems: readonly Holder[];
  },
  root: Holder,
  known: Pick<PolicyPlace, "operations" | "models" | "problems">,
  diagnostics: Diagnostics,
): PolicyPlace {
  const holders: [Extension["level"], Holder][] = [
    ["operation", operation],
    ...pathItems.toReversed().map(at("path")),
    ...tagsOf(operation.node, root).map(at("tag")),
    ["root", root],
  ];
  const all = (...names: ExtensionName[]): Extension[] => {
    const spellings = names.flatMap(spellingsOf);
    const found: Extension[] = [];
    for (const [level, { node, origin }] of holders) {
      for (const name of spellings) {
        const value = member(node, name);
        if (value === undefined) continue;
        found.push({ name, value, level, origin: below(origin, name) });
        break;
      }
    }
    return found;
  };
  return {
    operation,
    ...known,
    all,
    own: (...names) => all(...names).find(({ level }) => level === "operation"),
    nearest: (...names) => all(...names)[0],
    refuse({ name, origin }, what, help) {
      const ours = name.startsWith(PREFIX);
      diagnostics[ours ? "error" : "warning"](
        "KT2301",
        origin,
        `\`${name}\` is not applied: ${what}`,
        { help },
      );
    },
    leaveOut(link, what, help) {
      diagnostics.warning("KT2302", link, `the link is left out: ${what}`, {
        help,
      });
    },
  };
}

function at(level: Extension["level"]) {
  return (holder: Holder): [Extension["level"], Holder] => [level, holder];
}

function tagsOf(operation: JsonObject, root: Holder): Holder[] {
  const byName = new Map<string, Holder>();
  for (const [index, tag] of listMember(root.node, "tags").entries()) {
    const name = isObject(tag) ? textMember(tag, "name") : undefined;
    if (!isObject(tag) || name === undefined || byName.has(name)) continue;
    byName.set(name, { node: tag, origin: below(root.origin, "tags", index) });
  }
  return listMember(operation, "tags").flatMap((name) => {
    const tag = typeof name === "string" ? byName.get(name) : undefined;
    return tag === undefined ? [] : [tag];
  });
}
