/** Room `lint`: security requirements name schemes that exist and can be enforced: no operation becomes open by mistake. */
import type { JsonObject } from "../../load/document.js";
import { isObject, member, textMember } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import type { Rule, RuleContext, Standing } from "../rule.js";
import { shorten } from "../shorten.js";

const TYPES = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

export const security: Rule = {
  whole(context) {
    const { document, operations } = context;
    checkList(document.root, document.origin, context);
    for (const { node, origin } of operations) checkList(node, origin, context);
  },
};

function checkList(
  holder: JsonObject,
  origin: Origin,
  context: RuleContext,
): void {
  const list = member(holder, "security");
  if (!Array.isArray(list)) return;
  list.forEach((requirement, index) => {
    if (!isObject(requirement)) return;
    for (const name of Object.keys(requirement)) {
      const place = below(origin, "security", index, name);
      checkRequirement(name, requirement, place, context);
    }
  });
}

function checkRequirement(
  name: string,
  requirement: JsonObject,
  origin: Origin,
  context: RuleContext,
): void {
  const { diagnostics } = context;
  const scheme = findScheme(name, context);
  if (scheme === "broken") return;
  if (scheme === undefined) {
    diagnostics.error(
      "KT2040",
      origin,
      `the security scheme \`${shorten(name)}\` is not defined`,
      { help: "define it in `components/securitySchemes`" },
    );
    return;
  }
  const fault = faultOf(scheme.node);
  if (fault !== undefined) {
    diagnostics.error(
      "KT2041",
      scheme.origin,
      `the security scheme \`${shorten(name)}\` cannot be enforced: ${fault}`,
      { related: [origin], help: `use one of ${TYPES.join(", ")}, complete` },
    );
    return;
  }
  const declared = scopesOf(scheme.node);
  const asked = member(requirement, name);
  if (declared === undefined || !Array.isArray(asked)) return;
  for (const scope of asked) {
    if (typeof scope !== "string" || declared.has(scope)) continue;
    diagnostics.warning(
      "KT2042",
      origin,
      `the scope \`${shorten(scope)}\` is not declared by the security scheme \`${shorten(name)}\``,
      { help: "declare it in `flows`", related: [scheme.origin] },
    );
  }
}

function findScheme(
  name: string,
  context: RuleContext,
): Standing | "broken" | undefined {
  const { document } = context;
  const components = member(document.root, "components");
  const schemes = isObject(components)
    ? member(components, "securitySchemes")
    : undefined;
  const scheme = isObject(schemes) ? member(schemes, name) : undefined;
  if (!isObject(scheme)) return undefined;
  const origin = below(document.origin, "components", "securitySchemes", name);
  return context.follow(scheme, origin) ?? "broken";
}

function faultOf(scheme: JsonObject): string | undefined {
  const type = textMember(scheme, "type");
  if (type === undefined || !TYPES.includes(type)) {
    return type === undefined
      ? "it has no `type`"
      : `there is no type \`${shorten(type)}\``;
  }
  if (type === "apiKey") {
    if (textMember(scheme, "name") === undefined) return "it has no `name`";
    const place = textMember(scheme, "in") ?? "";
    return ["query", "header", "cookie"].includes(place)
      ? undefined
      : "`in` must be query, header or cookie";
  }
  if (type === "http" && textMember(scheme, "scheme") === undefined) {
    return "it has no `scheme`";
  }
  return undefined;
}

/** `undefined`: the type of scheme declares none. */
function scopesOf(scheme: JsonObject): Set<string> | undefined {
  const flows = member(scheme, "flows");
  if (textMember(scheme, "type") !== "oauth2" || !isObject(flows)) {
    return undefined;
  }
  const names = new Set<string>();
  for (const flow of Object.values(flows)) {
    const scopes = isObject(flow) ? member(flow, "scopes") : undefined;
    if (isObject(scopes))
      for (const each of Object.keys(scopes)) names.add(each);
  }
  return names;
}
