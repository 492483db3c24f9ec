/** Room `lint`: links name operations that exist. */
import { member, textMember } from "../member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const links: Rule = {
  whole({ document, operations, diagnostics }) {
    const named: { id: string; origin: Origin }[] = [];
    document.visit((node, kind, origin) => {
      if (kind !== "link" || Object.hasOwn(node, "$ref")) return;
      const id = textMember(node, "operationId");
      if (id !== undefined) {
        named.push({ id, origin: below(origin, "operationId") });
      }
    });
    if (named.length === 0) return;
    const ids = new Set(
      operations.map(({ node }) => member(node, "operationId")),
    );
    for (const { id, origin } of named) {
      if (ids.has(id)) continue;
      diagnostics.warning(
        "KT2092",
        origin,
        `no operation has the id \`${shorten(id)}\`; the link is left out`,
        { help: "use the `operationId` of an operation of the document" },
      );
    }
  },
};
