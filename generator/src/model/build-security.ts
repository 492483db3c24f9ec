/** Room `model`: security schemes, and what an operation demands of them. */
import type { Json } from "../load/document.js";
import type { SecurityAlternative, SecurityScheme } from "./api.js";
import { below } from "./below.js";
import { buildJwt } from "./build-jwt.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member, objectMember, textMember } from "./member.js";

export function buildSecuritySchemes(context: HttpContext): SecurityScheme[] {
  const { document } = context;
  const components = objectMember(document.root, "components");
  const declared = components && objectMember(components, "securitySchemes");
  const schemes: SecurityScheme[] = [];
  for (const [name, value] of Object.entries(declared ?? {})) {
    const place = dereference(
      document,
      value,
      below(document.origin, "components", "securitySchemes", name),
    );
    const kind = place && schemeKind(place);
    if (!kind) continue;
    const jwt = buildJwt(place, context);
    schemes.push({
      name,
      doc: place.doc,
      origin: place.origin,
      ...kind,
      ...(jwt !== undefined && { jwt }),
    });
  }
  return schemes;
}

type DistributiveOmit<T> = T extends unknown
  ? Omit<T, "name" | "doc" | "origin">
  : never;

function schemeKind({
  node,
}: Place): DistributiveOmit<SecurityScheme> | undefined {
  switch (member(node, "type")) {
    case "apiKey": {
      const where = member(node, "in");
      const parameter = textMember(node, "name");
      if (parameter === undefined) return undefined;
      if (where !== "header" && where !== "query" && where !== "cookie") {
        return undefined;
      }
      return { kind: "apiKey", in: where, parameter };
    }
    case "http": {
      const scheme = textMember(node, "scheme");
      const bearerFormat = textMember(node, "bearerFormat");
      if (scheme === undefined) return undefined;
      // RFC 9110 section 11.1: names of schemes compare without case.
      return {
        kind: "http",
        scheme: scheme.toLowerCase(),
        ...(bearerFormat !== undefined && { bearerFormat }),
      };
    }
    case "oauth2": {
      const flows = Object.values(objectMember(node, "flows") ?? {});
      const scopes = flows.flatMap((flow) =>
        isObject(flow) ? Object.keys(objectMember(flow, "scopes") ?? {}) : [],
      );
      return { kind: "oauth2", scopes: [...new Set(scopes)] };
    }
    case "openIdConnect":
      return {
        kind: "openIdConnect",
        url: textMember(node, "openIdConnectUrl") ?? "",
      };
    case "mutualTLS":
      return { kind: "mutualTLS" };
  }
  return undefined;
}

/**
 * The operation's own list, else that of the document. What is written wrongly is kept as the name of an unknown scheme:
 * an operation must never become open because its requirement cannot be read.
 */
export function buildSecurity(
  operation: Place,
  { document }: HttpContext,
): SecurityAlternative[] {
  const written =
    member(operation.node, "security") ?? member(document.root, "security");
  if (written === undefined || written === null) return [];
  const list = Array.isArray(written) ? written : [written];
  return list.map((alternative) =>
    isObject(alternative)
      ? { schemes: Object.entries(alternative).map(buildRequirement) }
      : { schemes: [{ name: String(alternative), scopes: [] }] },
  );
}

function buildRequirement([name, scopes]: [string, Json]): {
  name: string;
  scopes: string[];
} {
  return {
    name,
    scopes: Array.isArray(scopes)
      ? scopes.filter((scope): scope is string => typeof scope === "string")
      : [],
  };
}
