/** Who gives tokens to partners: a key pair of the tests' own. */
import type { JwtOptions } from "@kontract/runtime/jwt";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface Issuer {
  /** How the service knows its tokens. */
  options: JwtOptions<never>;
  token(scope: string, claims?: object): Promise<string>;
}

const ISSUER = "https://login.example.com";

export async function createIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const key = { ...(await exportJWK(publicKey)), kid: "1", alg: "ES256" };
  return {
    options: { config: { BOOKSTORE_ISSUER: ISSUER }, keys: [key] },
    token: (scope, claims = {}) =>
      new SignJWT({
        iss: ISSUER,
        aud: "bookstore",
        sub: "library",
        exp: Math.floor(Date.now() / 1000) + 300,
        scope,
        ...claims,
      })
        .setProtectedHeader({ alg: "ES256", kid: "1" })
        .sign(privateKey),
  };
}
