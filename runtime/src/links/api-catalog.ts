/** Room `links`: where a client begins: `/.well-known/api-catalog` (RFC 9727), and links to descriptions (RFC 8631). */
import type { RouterInstance } from "@koa/router";
import type Koa from "koa";
import { servedBy } from "../contract/served.js";

/** One service of the process. */
export interface CatalogEntry {
  readonly router: RouterInstance;
  /** Where the router is mounted, beside its own prefix; empty when left out. */
  readonly mount?: string;
  /** Where machines find its description. */
  readonly serviceDesc?: string;
  /** Where people do. */
  readonly serviceDoc?: string;
  /** Of `serviceDesc`; `application/openapi+json`. */
  readonly type?: string;
}

export interface ApiCatalogOptions {
  /** Name the catalogue, and the descriptions of a service, in a `Link` field of its answers. */
  readonly advertise?: boolean;
}

const PATH = "/.well-known/api-catalog";
const TYPE =
  'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"';

/** Middleware, to stand before the routers: answers GET and HEAD of the catalogue, and leaves all else alone. */
export function apiCatalog(
  entries: readonly CatalogEntry[],
  { advertise = false }: ApiCatalogOptions = {},
): Koa.Middleware {
  let made: { body: string; links: readonly [string, string][] } | undefined;
  return async (ctx, next) => {
    // Routers get their prefixes until the first request.
    made ??= { body: catalogOf(entries), links: entries.map(fieldOf) };
    const isAsked = ctx.path === PATH;
    if (isAsked && (ctx.method === "GET" || ctx.method === "HEAD")) {
      ctx.append("Link", `<${PATH}>; rel="api-catalog"`);
      ctx.type = TYPE;
      ctx.body = made.body;
      return;
    }
    if (advertise) {
      ctx.append("Link", `<${PATH}>; rel="api-catalog"`);
      const own = made.links.find(
        ([base]) => ctx.path === base || ctx.path.startsWith(`${base}/`),
      );
      if (own !== undefined && own[1] !== "") ctx.append("Link", own[1]);
    }
    await next();
  };
}

function baseOf({ router, mount = "" }: CatalogEntry): string {
  return `${mount}${router.opts.prefix ?? ""}`.replace(/\/$/, "");
}

/** RFC 9264 4.2: an anchor of each service, with its descriptions and with what can be got without knowing more. */
function catalogOf(entries: readonly CatalogEntry[]): string {
  const services = entries.map((entry) => {
    const base = baseOf(entry);
    const { serviceDesc, serviceDoc } = entry;
    const type = entry.type ?? "application/openapi+json";
    return {
      anchor: base === "" ? "/" : base,
      ...(serviceDesc !== undefined && {
        "service-desc": [{ href: serviceDesc, type }],
      }),
      ...(serviceDoc !== undefined && {
        "service-doc": [{ href: serviceDoc, type: "text/html" }],
      }),
      item: servedBy(entry.router)
        .routes.filter(
          ({ method, path }) => method === "GET" && !path.includes("{"),
        )
        .map(({ path }) => ({ href: base + path })),
    };
  });
  const own = {
    anchor: PATH,
    item: services.map(({ anchor }) => ({ href: anchor })),
  };
  return JSON.stringify({ linkset: [own, ...services] });
}

function fieldOf(entry: CatalogEntry): [string, string] {
  const { serviceDesc, serviceDoc } = entry;
  const links = [
    ...(serviceDesc === undefined
      ? []
      : [`<${serviceDesc}>; rel="service-desc"`]),
    ...(serviceDoc === undefined ? [] : [`<${serviceDoc}>; rel="service-doc"`]),
  ];
  return [baseOf(entry), links.join(", ")];
}
