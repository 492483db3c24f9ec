/** Room `lint`: component keys are made of the characters that the specification allows. */
import { isObject, member } from "../../load/member.js";
import { below } from "../below.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const componentNames: Rule = {
  nodes: {
    components(node, origin, { diagnostics }) {
      for (const section of Object.keys(node)) {
        const map = member(node, section);
        if (section.startsWith("x-") || !isObject(map)) continue;
        for (const key of Object.keys(map)) {
          if (/^[\w.-]+$/.test(key)) continue;
          diagnostics.warning(
            "KT2016",
            below(origin, section, key),
            `the component name \`${shorten(key)}\` has characters that the specification does not allow`,
            { help: "use letters, digits, `.`, `-` and `_`" },
          );
        }
      }
    },
  },
};
