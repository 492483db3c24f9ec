/** `@kontract/runtime/jwt`: an authenticator for JSON Web Tokens. */
export type { JwtFacts } from "./contract/security.js";
export {
  type BearerAuthenticator,
  type Claims,
  jwt,
  type JwtOptions,
  type JwtPrincipal,
} from "./security/jwt.js";
