/** Room `security`: the CORS protocol (WHATWG Fetch section 3.3) for one router. */
import type { IncomingMessage } from "node:http";
import type { CorsOptions } from "../contract/cors.js";
import type { Route } from "../contract/route.js";
import type { SecuritySchemes } from "../contract/security.js";

/** Names and values. `Vary` is a list to be added to. */
export type CorsFields = readonly (readonly [name: string, value: string])[];

export interface Cors {
  /** For every answer but preflights, errors included. */
  answerTo(req: IncomingMessage, routes: readonly Route[]): CorsFields;
  /** For `OPTIONS` that asks on behalf of a page. */
  preflightOf(req: IncomingMessage, routes: readonly Route[]): CorsFields;
  isAllowed(origin: string): boolean;
}

/** Readable for scripts without being told (Fetch 3.3.6); those that the runtime itself adds. */
const READABLE = new Set([
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
]);
const OWN_EXPOSED = ["www-authenticate", "retry-after"];

/** Throws for a policy that browsers refuse or that lets everybody act as the user. `undefined`: no other origin. */
export function createCors(
  options: CorsOptions,
  schemes: SecuritySchemes,
): Cors | undefined {
  const { origins = [], credentials = false, maxAge = 600 } = options;
  const any = origins === "*";
  if (any && credentials) {
    throw new Error("cors: `credentials` needs a list of `origins`");
  }
  if (!any && origins.length === 0) return undefined;
  const allowed = new Set(any ? [] : origins.map(checkedOrigin));
  const isAllowed = (origin: string): boolean => any || allowed.has(origin);
  const exposedOf = remember((routes) =>
    exposed(routes, options.exposedHeaders ?? []),
  );
  const requestedOf = remember((routes) =>
    requested(routes, schemes, options.requestHeaders ?? []),
  );
  const methodsOf = remember(methods);

  /** `undefined`: the page learns nothing. */
  function grant(origin: string | undefined): [string, string][] | undefined {
    if (any) return [["Access-Control-Allow-Origin", "*"]];
    if (origin === undefined || !allowed.has(origin)) return undefined;
    return [
      ["Access-Control-Allow-Origin", origin],
      ...(credentials
        ? [["Access-Control-Allow-Credentials", "true"] as [string, string]]
        : []),
    ];
  }
  // One answer for all origins depends on none.
  const vary: [string, string][] = any ? [] : [["Vary", "Origin"]];
  return {
    isAllowed,
    answerTo({ headers }, routes) {
      const granted = grant(headers.origin);
      if (granted === undefined) return vary;
      const names = exposedOf(routes);
      return [...vary, ...granted, ["Access-Control-Expose-Headers", names]];
    },
    preflightOf({ headers }, routes) {
      const granted = grant(headers.origin);
      if (granted === undefined) return vary;
      const names = requestedOf(routes);
      return [
        ...vary,
        ...granted,
        ["Access-Control-Allow-Methods", methodsOf(routes)],
        ...(names === ""
          ? []
          : [["Access-Control-Allow-Headers", names] as const]),
        ["Access-Control-Max-Age", String(maxAge)],
      ];
    },
  };
}

/** Whether a browser asks before it sends a page's request (Fetch 4.8). */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

function checkedOrigin(origin: string): string {
  const known = URL.canParse(origin) && new URL(origin).origin === origin;
  // A name with a star would be compared like any other, and fit nobody.
  if (!known || origin.includes("*")) {
    throw new Error(
      `cors: ${JSON.stringify(origin)} is no origin like https://app.example.com`,
    );
  }
  return origin;
}

function remember(
  make: (routes: readonly Route[]) => string,
): (routes: readonly Route[]) => string {
  const known = new WeakMap<readonly Route[], string>();
  return (routes) => {
    let made = known.get(routes);
    if (made === undefined) {
      made = make(routes);
      known.set(routes, made);
    }
    return made;
  };
}

function methods(routes: readonly Route[]): string {
  const names = routes.flatMap(({ method }) =>
    method === "GET" ? ["GET", "HEAD"] : [method],
  );
  return [...new Set(names)].join(", ");
}

function exposed(routes: readonly Route[], more: readonly string[]): string {
  const names = [
    ...routes.flatMap(({ responseHeaders = [] }) => responseHeaders),
    ...OWN_EXPOSED,
    ...more,
  ];
  return unique(names.filter((name) => !READABLE.has(name.toLowerCase())));
}

/** What the operations of the path declare, and where they look for credentials. `*` would not stand for `Authorization`. */
function requested(
  routes: readonly Route[],
  schemes: SecuritySchemes,
  more: readonly string[],
): string {
  const names: string[] = [];
  for (const { requestHeaders = [], responseHeaders, security } of routes) {
    names.push(...requestHeaders);
    if (responseHeaders?.includes("etag") === true) {
      names.push("if-match", "if-none-match");
    }
    for (const name of (security ?? []).flatMap(Object.keys)) {
      const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
      if (scheme === undefined || scheme.kind === "mutualTLS") continue;
      if (scheme.kind !== "apiKey") names.push("authorization");
      else if (scheme.in === "header") names.push(scheme.parameter);
    }
  }
  return unique([...names, ...more]);
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** What is no token is the name of no field, and could not be written into one. */
function unique(names: readonly string[]): string {
  const lower = names.map((name) => name.toLowerCase());
  return [...new Set(lower)].filter((name) => TOKEN.test(name)).join(", ");
}
