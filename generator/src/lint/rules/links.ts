/** Room `lint`: links name operations that exist. */
import { member, textMember } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import type { MakeRule } from "../rule.js";
import { shorten } from "../shorten.js";

export const links: MakeRule = () => {
  const named: { id: string; origin: Origin }[] = [];
  return {
    nodes: {
      link(node, origin) {
        const id = textMember(node, "operationId");
        if (id !== undefined) {
          named.push({ id, origin: below(origin, "operationId") });
        }
      },
    },
    whole({ operations, diagnostics }) {
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
};
