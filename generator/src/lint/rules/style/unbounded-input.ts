/** Room `lint`: texts and lists of requests without an upper bound (off unless the config asks for it). */
import { member } from "../../../load/member.js";
import { jsonTypes } from "../../json-types.js";
import { requestSchemas } from "../../request-schemas.js";
import type { Origin } from "../../diagnostic.js";
import type { MakeRule } from "../../rule.js";

export const unboundedInput: MakeRule = () => {
  const found: { node: object; origin: Origin; keyword: string }[] = [];
  return {
    nodes: {
      schema(node, origin) {
        const types = jsonTypes(node);
        const has = (...keys: string[]) =>
          keys.some((key) => member(node, key) !== undefined);
        if (
          types?.has("string") &&
          !has("maxLength", "enum", "const", "format", "pattern")
        ) {
          found.push({ node, origin, keyword: "maxLength" });
        }
        if (types?.has("array") && !has("maxItems", "enum", "const")) {
          found.push({ node, origin, keyword: "maxItems" });
        }
      },
    },
    whole(context) {
      const requests = requestSchemas(context);
      for (const { node, origin, keyword } of found) {
        if (!requests.has(node)) continue;
        context.diagnostics.warning(
          "KT6012",
          origin,
          `a request schema has no \`${keyword}\``,
          { help: `add \`${keyword}\`` },
        );
      }
    },
  };
};
