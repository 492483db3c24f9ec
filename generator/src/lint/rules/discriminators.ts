/** Room `lint`: discriminators can tell their branches apart. */
import type { Json, JsonObject } from "../../load/document.js";
import { isObject, member, textMember } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import { jsonTypes } from "../json-types.js";
import { findProperty } from "../find-property.js";
import type { Rule, RuleContext } from "../rule.js";
import { shorten } from "../shorten.js";

export const discriminators: Rule = {
  nodes: {
    schema(node, origin, context) {
      const discriminator = member(node, "discriminator");
      if (!isObject(discriminator)) return;
      checkMapping(node, discriminator, origin, context);
      const property = textMember(discriminator, "propertyName");
      if (property === undefined) return;
      for (const keyword of ["oneOf", "anyOf"]) {
        const branches = member(node, keyword);
        if (!Array.isArray(branches)) continue;
        branches.forEach((branch, index) => {
          const place = below(origin, keyword, index);
          checkBranch(branch, property, place, context);
        });
      }
    },
  },
};

function checkMapping(
  schema: JsonObject,
  discriminator: JsonObject,
  origin: Origin,
  { document, diagnostics }: RuleContext,
): void {
  const mapping = member(discriminator, "mapping");
  const targets: [Json | undefined, Origin][] = [];
  const place = below(origin, "discriminator");
  if (isObject(mapping)) {
    for (const tag of Object.keys(mapping)) {
      targets.push([mapping[tag], below(place, "mapping", tag)]);
    }
  }
  targets.push([
    member(discriminator, "defaultMapping"),
    below(place, "defaultMapping"),
  ]);
  for (const [value, at] of targets) {
    if (typeof value !== "string") continue;
    if (document.mappingTarget(schema, value) !== undefined) continue;
    diagnostics.error(
      "KT2060",
      at,
      `the mapping leads to \`${shorten(value)}\`, which is no schema of the document`,
      {
        help: "name a schema of `components/schemas`, or a `$ref` that a branch has; other files are not read for a mapping",
      },
    );
  }
}

function checkBranch(
  branch: Json,
  property: string,
  origin: Origin,
  context: RuleContext,
): void {
  const { diagnostics } = context;
  if (!isObject(branch)) return;
  if (!Object.hasOwn(branch, "$ref")) {
    diagnostics.warning(
      "KT2062",
      origin,
      "a branch with a discriminator beside it is no reference, so it has no name that could be its tag",
      { help: "move the branch to `components/schemas` and refer to it" },
    );
    return;
  }
  const found = findProperty(branch, origin, property, context);
  if (found === "unknown") return;
  if (found === undefined) {
    diagnostics.warning(
      "KT2061",
      origin,
      `the branch does not declare the property \`${shorten(property)}\` of the discriminator`,
      { help: `declare \`${shorten(property)}\` as a required string` },
    );
    return;
  }
  const types = jsonTypes(found.node);
  if (types !== undefined && !types.has("string")) {
    diagnostics.warning(
      "KT2061",
      found.origin,
      `the property \`${shorten(property)}\` of a discriminator is no string`,
      { help: "make it a string", related: [origin] },
    );
  }
}
