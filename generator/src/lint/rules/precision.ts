/** Room `lint`: numbers that a JavaScript number cannot hold as they are written. */
import { member } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import type { Rule, RuleContext } from "../rule.js";

const KEYWORDS = [
  "maximum",
  "minimum",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "multipleOf",
  "const",
  "default",
] as const;

export const precision: Rule = {
  nodes: {
    schema(node, origin, context) {
      for (const keyword of KEYWORDS) {
        const value = member(node, keyword);
        if (typeof value !== "number") continue;
        check(value, () => below(origin, keyword), context);
      }
      const values = member(node, "enum");
      if (!Array.isArray(values)) return;
      values.forEach((value, index) => {
        if (typeof value !== "number") return;
        check(value, () => below(origin, "enum", index), context);
      });
    },
  },
};

function check(
  value: number,
  place: () => Origin,
  { diagnostics }: RuleContext,
): void {
  if (Math.abs(value) === Number.MAX_VALUE) {
    diagnostics.warning(
      "KT2084",
      place(),
      "the number is too large for a double; it is read as the largest one",
      { help: "use a number below 1.8e308" },
    );
  } else if (
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    Math.abs(value) < 1e21
  ) {
    diagnostics.warning(
      "KT2084",
      place(),
      `the number is greater than 2^53 and may lose digits: it is read as ${value}`,
      { help: "use a string for larger numbers" },
    );
  }
}
