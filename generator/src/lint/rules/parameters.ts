/** Room `lint`: parameters say one thing, in a place that exists, and can be received. */
import type { JsonObject } from "../../load/document.js";
import { isObject, member, textMember } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import {
  listParameters,
  operationParameters,
  parameterKey,
} from "../operation-parameters.js";
import type { Rule, RuleContext } from "../rule.js";
import { shorten } from "../shorten.js";

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** Described by other means (OpenAPI 3.1, Parameter Object: they "shall be ignored"). */
const IGNORED_HEADERS = new Set(["accept", "content-type", "authorization"]);

export const parameters: Rule = {
  nodes: {
    parameter: checkParameter,
    operation: checkDuplicates,
    pathItem: checkDuplicates,
  },
  whole: checkQueryStrings,
};

/** OpenAPI 3.2, Parameter Locations: a query string tolerates no other parameter of the query, and no second one. */
function checkQueryStrings(context: RuleContext): void {
  for (const operation of context.operations) {
    const places = operationParameters(operation, context).filter(({ node }) =>
      ["query", "querystring"].includes(textMember(node, "in") ?? ""),
    );
    const whole = places.find(({ node }) => member(node, "in") !== "query");
    const other = places.find((place) => place !== whole);
    if (whole === undefined || other === undefined) continue;
    const name = textMember(whole.node, "name") ?? "";
    context.diagnostics.error(
      "KT2026",
      whole.origin,
      `the query string \`${shorten(name)}\` stands beside other query parameters`,
      {
        help: "describe all of the query in one way",
        related: [other.origin],
      },
    );
  }
}

function checkParameter(
  node: JsonObject,
  origin: Origin,
  context: RuleContext,
): void {
  const { diagnostics, document } = context;
  const name = textMember(node, "name") ?? "";
  const place = member(node, "in");
  const shown = `the parameter \`${shorten(name)}\``;
  const places = ["path", "query", "header", "cookie"];
  if (document.version === "3.2") places.push("querystring");
  if (typeof place === "string" && !places.includes(place)) {
    diagnostics.error(
      "KT2022",
      below(origin, "in"),
      `${shown} stands in \`${shorten(place)}\`, which is no place for parameters`,
      { help: `use one of ${places.join(", ")}` },
    );
  }
  if (member(node, "name") === undefined || place === undefined) {
    diagnostics.error(
      "KT2022",
      origin,
      `${name === "" ? "a parameter" : shown} has no ${place === undefined ? "`in`" : "`name`"}`,
      { help: "a parameter needs `name` and `in`" },
    );
    return;
  }
  if (place === "header") {
    if (!TOKEN.test(name)) {
      diagnostics.error(
        "KT2023",
        below(origin, "name"),
        `\`${shorten(name)}\` is no name that a header can have`,
        { help: "use letters, digits and `-`" },
      );
    } else if (IGNORED_HEADERS.has(name.toLowerCase())) {
      diagnostics.warning(
        "KT2024",
        origin,
        `the header parameter \`${name}\` is ignored`,
        { help: helpFor(name) },
      );
      return;
    }
  }
  checkValue(node, shown, origin, context);
}

function helpFor(header: string): string {
  return header.toLowerCase() === "authorization"
    ? "describe it as a security scheme"
    : "it follows from the media types of the operation";
}

function checkValue(
  node: JsonObject,
  shown: string,
  origin: Origin,
  { diagnostics }: RuleContext,
): void {
  const schema = member(node, "schema");
  const content = member(node, "content");
  if (schema !== undefined && content !== undefined) {
    diagnostics.error(
      "KT2021",
      origin,
      `${shown} has both \`schema\` and \`content\``,
      { help: "keep one of them" },
    );
  } else if (schema === undefined && content === undefined) {
    diagnostics.error(
      "KT2021",
      origin,
      `${shown} has neither \`schema\` nor \`content\``,
      { help: "add `schema: { type: string }`" },
    );
  } else if (isObject(content) && Object.keys(content).length !== 1) {
    diagnostics.error(
      "KT2021",
      below(origin, "content"),
      `${shown} has ${Object.keys(content).length} media types; it can have one only`,
      { help: "keep the one that is sent" },
    );
  }
}

function checkDuplicates(
  node: JsonObject,
  origin: Origin,
  context: RuleContext,
): void {
  const first = new Map<string, Origin>();
  const list = member(node, "parameters");
  for (const parameter of listParameters(list, origin, context)) {
    const key = parameterKey(parameter);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, parameter.origin);
      continue;
    }
    const [place = "", name = ""] = key.split(/ (.*)/s);
    const isSame =
      earlier.file === parameter.origin.file &&
      earlier.pointer === parameter.origin.pointer;
    const message = `the ${place} parameter \`${shorten(name)}\` is declared twice`;
    if (isSame) {
      context.diagnostics.warning(
        "KT2025",
        below(origin, "parameters"),
        `${message}, by the same reference`,
        { help: "remove one of the references" },
      );
    } else {
      context.diagnostics.error("KT2020", parameter.origin, message, {
        help: "remove one of them",
        related: [earlier],
      });
    }
  }
}
