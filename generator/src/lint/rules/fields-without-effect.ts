/** Room `lint`: fields of the specification that nothing is made of. */
import { member } from "../../load/member.js";
import type { NodeKind } from "../../load/document.js";
import { below } from "../below.js";
import type { Rule, VisitNode } from "../rule.js";

interface Without {
  fields: readonly string[];
  why: string;
  help: string;
}

const WITHOUT: Partial<Record<NodeKind, Without>> = {
  encoding: {
    fields: ["encoding", "prefixEncoding", "itemEncoding"],
    why: "the parts of a part are not taken apart",
    help: "describe the part as one media type; the handler gets its bytes",
  },
  link: {
    fields: ["requestBody"],
    why: "a link in an answer is a URL, which has no body",
    help: "remove it",
  },
};

const SINCE_3_2 = new Set(["encoding"]);

export const fieldsWithoutEffect: Rule = {
  nodes: Object.fromEntries(
    Object.entries(WITHOUT).map(([kind, without]) => [
      kind,
      visitor(kind, without),
    ]),
  ),
};

function visitor(kind: string, { fields, why, help }: Without): VisitNode {
  return (node, origin, { document, diagnostics }) => {
    if (SINCE_3_2.has(kind) && document.version < "3.2") return;
    for (const field of fields) {
      if (member(node, field) === undefined) continue;
      diagnostics.warning(
        "KT3130",
        below(origin, field),
        `\`${field}\` has no effect: ${why}`,
        { help },
      );
    }
  };
}
