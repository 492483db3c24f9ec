/** Room `lint`: the tree of tags (OpenAPI 3.2, tag object): a `parent` is a tag of the document, and none is its own ancestor. */
import { below } from "../below.js";
import { isObject, member, textMember } from "../../load/member.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const tags: Rule = {
  whole({ document, diagnostics }) {
    const list = member(document.root, "tags");
    if (document.version < "3.2" || !Array.isArray(list)) return;
    const parents = new Map<string, string | undefined>();
    for (const tag of list) {
      const name = isObject(tag) ? textMember(tag, "name") : undefined;
      if (!isObject(tag) || name === undefined) continue;
      parents.set(name, textMember(tag, "parent"));
    }
    for (const [index, tag] of list.entries()) {
      const parent = isObject(tag) ? textMember(tag, "parent") : undefined;
      const name = isObject(tag) ? textMember(tag, "name") : undefined;
      if (parent === undefined || name === undefined) continue;
      const place = below(document.origin, "tags", String(index), "parent");
      if (!parents.has(parent)) {
        diagnostics.warning(
          "KT2018",
          place,
          `the parent \`${shorten(parent)}\` of the tag \`${shorten(name)}\` is no tag of the document`,
          { help: "declare it in `tags`" },
        );
      } else if (isOwnAncestor(name, parents)) {
        diagnostics.warning(
          "KT2018",
          place,
          `the tag \`${shorten(name)}\` is its own ancestor`,
          { help: "leave the `parent` of one of them out" },
        );
      }
    }
  },
};

function isOwnAncestor(
  name: string,
  parents: ReadonlyMap<string, string | undefined>,
): boolean {
  const seen = new Set<string>();
  let next = parents.get(name);
  while (next !== undefined && !seen.has(next)) {
    if (next === name) return true;
    seen.add(next);
    next = parents.get(next);
  }
  return false;
}
