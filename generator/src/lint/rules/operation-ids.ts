/** Room `lint`: operationIds are there, and no two are equal. */
import { member } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const operationIds: Rule = {
  whole({ operations, diagnostics }) {
    const first = new Map<string, Origin>();
    for (const { node, origin, path, pathOrigin, method } of operations) {
      const id = member(node, "operationId");
      if (id === undefined || (typeof id === "string" && id.trim() === "")) {
        if (path === undefined) continue;
        diagnostics.warning(
          "KT2003",
          origin,
          id === undefined
            ? "operation has no operationId; its name is derived from method and path"
            : "the operationId is empty; a name is derived from method and path",
          { help: "add an `operationId`, so that the name is yours" },
        );
        continue;
      }
      if (typeof id !== "string") continue;
      const place = below(origin, "operationId");
      const earlier = first.get(id);
      if (earlier === undefined) {
        first.set(id, place);
        continue;
      }
      const isSame =
        earlier.file === place.file && earlier.pointer === place.pointer;
      diagnostics.error(
        "KT2002",
        // One operation that two paths reach is shown at the second path.
        isSame ? pathOrigin : place,
        `the operationId \`${shorten(id)}\` is taken${isSame ? `: ${method} of another path refers to the same operation` : ""}`,
        {
          help: "give each operation an id of its own",
          related: [earlier],
        },
      );
    }
  },
};
