/** Room `lint`: the variables of server URLs are defined, and their defaults are allowed. */
import { isObject, member, textMember } from "../../load/member.js";
import { below } from "../below.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const servers: Rule = {
  nodes: {
    server(node, origin, { diagnostics }) {
      const url = textMember(node, "url") ?? "";
      const variables = member(node, "variables");
      for (const [, name = ""] of url.matchAll(/\{([^{}]*)\}/g)) {
        const isDefined =
          isObject(variables) && member(variables, name) !== undefined;
        if (isDefined) continue;
        diagnostics.warning(
          "KT2070",
          below(origin, "url"),
          `the variable \`${shorten(name)}\` of the server URL is not defined`,
          { help: "define it in `variables`" },
        );
      }
    },
    serverVariable(node, origin, { diagnostics }) {
      const values = member(node, "enum");
      const fallback = member(node, "default");
      if (!Array.isArray(values) || typeof fallback !== "string") return;
      if (values.includes(fallback)) return;
      diagnostics.warning(
        "KT2071",
        below(origin, "default"),
        `the default \`${shorten(fallback)}\` is not in the \`enum\` of the variable`,
        { help: "add it to `enum`" },
      );
    },
  },
};
