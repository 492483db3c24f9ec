/** Room `security`: what a verifier of tokens goes by, from options and from `x-jwt`, judged before the first request. */
import type { JwtFacts, SecurityScheme } from "../contract/security.js";
import { secureUrl } from "./fetch-json.js";

/** Options that `x-jwt` may give as well; an option wins. */
export interface GivenFacts extends JwtFacts {
  /** Values for `{key}` in `x-jwt`. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  /** Whether keys are given with the options, and of which kind. */
  readonly keys: "none" | "public" | "secret";
  /** Bytes of the secret. */
  readonly secretLength: number;
}

export interface SettledFacts {
  /** `undefined`: known once the provider was asked. */
  readonly issuer: string | undefined;
  readonly audience: string | string[];
  readonly algorithms: string[];
  readonly jwksUri: string | undefined;
  /** Where to find `jwksUri` out. */
  readonly discovery: string | undefined;
}

/** Bytes of a secret (RFC 7518 3.2). */
const SECRETS = new Map([
  ["HS256", 32],
  ["HS384", 48],
  ["HS512", 64],
]);
const SIGNATURES =
  /^(?:RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA|Ed25519|ML-DSA-44|ML-DSA-65|ML-DSA-87)$/;

/** Throws one error that names what is missing or wrong. */
export function settleFacts(
  name: string,
  scheme: SecurityScheme,
  given: GivenFacts,
): SettledFacts {
  const fail = (why: string): never => {
    throw new Error(`jwt for ${name}: ${why}`);
  };
  if (scheme.kind === "apiKey" || scheme.kind === "mutualTLS") {
    return fail(`a scheme of type ${scheme.kind} carries no bearer token`);
  }
  const stated = scheme.jwt ?? {};
  const fill = (text: string): string =>
    text.replaceAll(/\{([^{}]*)\}/g, (_match, key: string) => {
      const { config = {} } = given;
      const value = Object.hasOwn(config, key) ? config[key] : undefined;
      return value ?? fail(`x-jwt names {${key}}, which \`config\` has not`);
    });
  const algorithms = [...(given.algorithms ?? stated.algorithms ?? [])];
  const audience = given.audience ?? filled(stated.audience, fill);
  const jwksUri =
    given.keys === "none"
      ? (given.jwksUri ?? filledText(stated.jwksUri, fill))
      : undefined;
  const discovery =
    scheme.kind === "openIdConnect" &&
    jwksUri === undefined &&
    given.keys === "none"
      ? scheme.url
      : undefined;
  const issuer = given.issuer ?? filledText(stated.issuer, fill);
  const fault =
    faultOfAlgorithms(algorithms, given) ??
    (audience === undefined || audience.length === 0
      ? "no `audience`"
      : undefined) ??
    (issuer === undefined && discovery === undefined
      ? "no `issuer`"
      : undefined) ??
    (given.keys === "none" && jwksUri === undefined && discovery === undefined
      ? "neither `jwksUri` nor `keys` nor `secret`"
      : undefined);
  if (fault !== undefined) return fail(fault);
  if (jwksUri !== undefined) secureUrl(jwksUri, `jwt for ${name}: jwksUri`);
  if (discovery !== undefined) {
    secureUrl(discovery, `jwt for ${name}: openIdConnectUrl`);
  }
  return {
    issuer,
    audience: typeof audience === "string" ? audience : [...(audience ?? [])],
    algorithms,
    jwksUri,
    discovery,
  };
}

function filledText(
  text: string | undefined,
  fill: (text: string) => string,
): string | undefined {
  return text === undefined ? undefined : fill(text);
}

function filled(
  value: JwtFacts["audience"],
  fill: (text: string) => string,
): JwtFacts["audience"] {
  return typeof value === "string" || value === undefined
    ? filledText(value, fill)
    : value.map(fill);
}

/** The algorithm is ours to choose, and its kind that of the keys (RFC 8725 3.1, 3.2). */
function faultOfAlgorithms(
  algorithms: readonly string[],
  { keys, secretLength }: GivenFacts,
): string | undefined {
  if (algorithms.length === 0) return "no `algorithms`";
  for (const algorithm of algorithms) {
    const bytes = SECRETS.get(algorithm);
    if (bytes === undefined && !SIGNATURES.test(algorithm)) {
      return `no such algorithm: ${algorithm}`;
    }
    if (bytes === undefined && keys === "secret") {
      return `${algorithm} needs public keys, not a secret`;
    }
    if (bytes === undefined) continue;
    if (keys !== "secret") return `${algorithm} needs a \`secret\``;
    if (secretLength < bytes) {
      return `${algorithm} needs a secret of ${bytes} bytes at least`;
    }
  }
  return undefined;
}
