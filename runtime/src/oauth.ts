/** `@kontract/runtime/oauth`: tokens that an authorization server judges, and the metadata around them. */
export {
  authorizationServer,
  type AuthorizationServerOptions,
} from "./security/authorization-server.js";
export {
  type Introspection,
  introspection,
  type IntrospectionOptions,
  type OAuthPrincipal,
  type TokenAuthenticator,
} from "./security/introspection.js";
export {
  type ProtectedResource,
  protectedResource,
  resourceMetadataUrl,
} from "./security/protected-resource.js";
