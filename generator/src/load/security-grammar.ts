/** Room `load`: the structure of security schemes and requirements. */
import type { RuleText } from "./openapi-grammar.js";

export const SECURITY_RULES = {
  securityScheme: {
    title: "a security scheme",
    reference: "object",
    fields: {
      type: "string",
      description: "string",
      name: "string",
      in: "string",
      scheme: "string",
      bearerFormat: "string",
      flows: "oauthFlows",
      openIdConnectUrl: "string",
      oauth2MetadataUrl: "string@3.2",
      deprecated: "boolean@3.2",
    },
    required: ["type"],
  },
  oauthFlows: {
    title: "an OAuth flows object",
    fields: {
      implicit: "oauthFlow",
      password: "oauthFlow",
      clientCredentials: "oauthFlow",
      authorizationCode: "oauthFlow",
      deviceAuthorization: "oauthFlow@3.2",
    },
  },
  oauthFlow: {
    title: "an OAuth flow",
    fields: {
      authorizationUrl: "string",
      deviceAuthorizationUrl: "string@3.2",
      tokenUrl: "string",
      refreshUrl: "string",
      scopes: "{string}",
    },
  },
  securityRequirement: {
    title: "a security requirement",
    others: "[string]",
  },
} as const satisfies Readonly<Record<string, RuleText>>;
