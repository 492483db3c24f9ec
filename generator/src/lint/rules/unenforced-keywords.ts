/** Room `lint`: keywords in request schemas that would not be enforced: weaker validation is never shipped. */
import type { JsonObject } from "../../load/document.js";
import { member } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import { requestSchemas } from "../request-schemas.js";
import type { MakeRule, RuleContext } from "../rule.js";

/** Assertions of older drafts and what says the same now. In 2020-12 they are unknown keywords, which assert nothing. */
export const OLD_KEYWORDS: ReadonlyMap<string, string> = new Map([
  ["dependencies", "`dependentRequired` or `dependentSchemas`"],
  ["additionalItems", "`items` beside `prefixItems`"],
  ["$recursiveRef", "`$dynamicRef`"],
  ["extends", "`allOf`"],
  ["disallow", "`not`"],
  ["divisibleBy", "`multipleOf`"],
]);

export const unenforcedKeywords: MakeRule = () => {
  const found: {
    node: JsonObject;
    origin: Origin;
    keyword: string;
    isMeant: boolean;
  }[] = [];
  return {
    nodes: {
      schema(node, origin, context) {
        for (const keyword of Object.keys(node)) {
          const isOld =
            keyword === "items"
              ? Array.isArray(node[keyword])
              : OLD_KEYWORDS.has(keyword) && isAssertion(node, keyword);
          if (!isOld) continue;
          const isMeant = isOpenApiDialect(node, context);
          // A list of `items` is told by the builder there: it is no schema.
          if (isMeant || keyword !== "items") {
            found.push({ node, origin, keyword, isMeant });
          }
        }
      },
    },
    whole(context) {
      if (found.length === 0) return;
      const requests = requestSchemas(context);
      for (const { node, origin, keyword, isMeant } of found) {
        const isMistake = isMeant && requests.has(node);
        report(keyword, below(origin, keyword), isMistake, context);
      }
    },
  };
};

/** A document that names JSON Schema 2020-12 means it: there these are annotations, which is said. */
function isOpenApiDialect(
  node: JsonObject,
  { document }: RuleContext,
): boolean {
  const dialect = document.dialect(node);
  return dialect === "3.0" || dialect === "3.1";
}

/** `additionalItems` only asserts beside a list of `items`. */
function isAssertion(node: JsonObject, keyword: string): boolean {
  // The loader has read it as a `$ref`.
  if (keyword === "$recursiveRef" && Object.hasOwn(node, "$ref")) return false;
  return keyword !== "additionalItems" || Array.isArray(member(node, "items"));
}

function report(
  keyword: string,
  origin: Origin,
  isMistake: boolean,
  { diagnostics }: RuleContext,
): void {
  const instead =
    keyword === "items" ? "`prefixItems`" : OLD_KEYWORDS.get(keyword);
  const what = keyword === "items" ? "`items` with a list" : `\`${keyword}\``;
  const help = `write ${instead ?? "its successor"} instead`;
  if (isMistake) {
    diagnostics.error(
      "KT3003",
      origin,
      `${what} of a request schema would not be enforced: OpenAPI does not have it`,
      { help },
    );
  } else {
    diagnostics.warning(
      "KT3004",
      origin,
      `${what} has no effect: its dialect does not have it`,
      { help },
    );
  }
}
