/** Room `model`: what a security scheme says of its tokens: `x-jwt`. */
import type { Json } from "../load/document.js";
import type { Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member } from "./member.js";
import {
  faultOfMembers,
  isText,
  isTexts,
  refuseExtension,
  statedExtension,
} from "./stated-extension.js";

/** Plain data, emitted as it is; the runtime's `JwtFacts`. */
export interface Jwt {
  issuer?: string;
  audience?: string | string[];
  jwksUri?: string;
  algorithms?: string[];
}

/** RFC 7518 3.1, RFC 8037, RFC 9964; `none` is no signature. */
const ALGORITHM =
  /^(?:HS256|HS384|HS512|RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA|Ed25519|ML-DSA-44|ML-DSA-65|ML-DSA-87)$/;

function isAudience(value: Json): boolean {
  return isText(value) || isTexts(value);
}

function areAlgorithms(value: Json): boolean {
  return isTexts(value) && value.every((name) => ALGORITHM.test(name));
}

export function buildJwt(
  { node, origin }: Place,
  { diagnostics }: Pick<HttpContext, "diagnostics">,
): Jwt | undefined {
  const stated = statedExtension(node, origin, "x-jwt");
  if (stated === undefined) return undefined;
  const { value } = stated;
  const fault = faultOfMembers(value, {
    issuer: isText,
    audience: isAudience,
    jwksUri: isText,
    algorithms: areAlgorithms,
  });
  if (fault !== undefined || !isObject(value)) {
    return refuseExtension(
      stated,
      diagnostics,
      fault ?? "it is no object",
      "write `{ issuer, audience, jwksUri, algorithms: [RS256] }`",
    );
  }
  if (!carriesTokens(node)) {
    return refuseExtension(
      stated,
      diagnostics,
      "the scheme carries no bearer token",
      "put it on a scheme of type http `bearer`, oauth2 or openIdConnect",
    );
  }
  return { ...value };
}

function carriesTokens(scheme: Place["node"]): boolean {
  switch (member(scheme, "type")) {
    case "oauth2":
    case "openIdConnect":
      return true;
    case "http":
      return /^bearer$/i.test(String(member(scheme, "scheme")));
    default:
      return false;
  }
}
