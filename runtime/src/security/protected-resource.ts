/** Room `security`: the document by which clients find out where to get a token (RFC 9728). */
import type { Middleware } from "koa";

export interface ProtectedResource {
  /** The service as clients know it, `https://api.example.com/v1`: no query, no fragment. */
  readonly resource: string;
  /** Issuers whose tokens are taken. */
  readonly authorizationServers?: readonly string[];
  readonly scopes?: readonly string[];
  readonly name?: string;
  /** URL of pages for developers. */
  readonly documentation?: string;
  readonly jwksUri?: string;
  /** Members of the registry (RFC 9728 8.1) that have no name here. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Seconds for which clients may keep it. */
const MAX_AGE = 3_600;

/** Where the document is served: the well-known part comes between host and path (RFC 9728 3.1). It is the router's option `resourceMetadata`. */
export function resourceMetadataUrl({
  resource,
}: Pick<ProtectedResource, "resource">): string {
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  if (url === undefined || url.search !== "" || url.hash !== "") {
    throw new Error("`resource` is to be a URL without query and fragment");
  }
  const path = url.pathname === "/" ? "" : url.pathname;
  return `${url.origin}/.well-known/oauth-protected-resource${path}`;
}

/** Middleware that serves the document, and leaves all else to what comes next. */
export function protectedResource(described: ProtectedResource): Middleware {
  const { pathname } = new URL(resourceMetadataUrl(described));
  const document = JSON.stringify({
    resource: described.resource,
    authorization_servers: described.authorizationServers,
    jwks_uri: described.jwksUri,
    scopes_supported: described.scopes,
    bearer_methods_supported: ["header"],
    resource_name: described.name,
    resource_documentation: described.documentation,
    ...described.more,
  });
  return (ctx, next) => {
    const read = ctx.method === "GET" || ctx.method === "HEAD";
    if (!read || ctx.path !== pathname) return next();
    ctx.status = 200;
    ctx.type = "application/json";
    // Clients of every origin may have to find out.
    ctx.set("Access-Control-Allow-Origin", "*");
    ctx.set("Cache-Control", `public, max-age=${MAX_AGE}`);
    ctx.body = document;
    return undefined;
  };
}
