/** Room `docs`: `/docs`, `/redoc`, `/openapi.json`, `/openapi.yaml` and the pages of problems. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Middleware } from "koa";
import { type Page, type Pages, pagesAt } from "../contract/pages.js";
import { send, type Sent } from "./answer.js";
import { type AssetPackage, assetPackage } from "./assets.js";
import { REDOC_START, redocPage, SWAGGER_START, swaggerPage } from "./html.js";
import { isObject, type Json } from "./json.js";
import { PROBLEM_POLICY, problemPages } from "./problem-pages.js";
import { publish } from "./published.js";
import { toYaml } from "./yaml.js";

export interface DocsOptions {
  /** The document, or the file that it is in: `new URL("./generated/openapi.json", import.meta.url)`. */
  readonly document: object | URL;
  /** Takes the place of `info.version`: what is deployed. */
  readonly version?: string;
  /** Takes the place of `servers`. Default: where the document comes from, then those of the document. */
  readonly servers?: readonly object[];
  /** Serve `/docs`; needs the package `swagger-ui-dist`. Default: yes. */
  readonly swaggerUi?: boolean;
  /** Serve `/redoc`; needs the package `redoc`. Default: yes. */
  readonly redoc?: boolean;
  /** Serve a page for each problem of `x-problems`, where its `type` leads, and `/problems`. Default: yes. */
  readonly problems?: boolean;
  /** Put in front of all paths: `/internal` gives `/internal/docs`. */
  readonly base?: string;
  /** Origins, beside the own one, that *Try it out* and OAuth may talk to. */
  readonly connect?: readonly string[];
}

const HOUR = "public, max-age=3600";
const ASK_FIRST = "no-cache";
const JS = "text/javascript; charset=utf-8";
const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: JS,
  html: "text/html; charset=utf-8",
  png: "image/png",
};

/**
 * Koa middleware that documents the service: Swagger UI and Redoc with all their files local, under a strict
 * Content-Security-Policy, and the document with an entity tag. What is marked `x-internal: true` is not in it. Reads the
 * document once; throws when it, or a package that is needed, is not there.
 */
export function docs(options: DocsOptions): Pages {
  const { base = "" } = options;
  const document = publishedDocument(options);
  const title = titleOf(document);
  const pages = new Map<string, Page>();
  const put = (path: string, page: Page): void => {
    pages.set(base + path, page);
  };
  const json: Sent = {
    type: "application/json; charset=utf-8",
    body: JSON.stringify(document),
    caching: ASK_FIRST,
  };
  put("/openapi.json", (ctx) => {
    send(ctx, json);
  });
  let yaml: Sent | undefined;
  put("/openapi.yaml", (ctx) => {
    yaml ??= {
      type: "application/yaml; charset=utf-8",
      body: toYaml(document),
      caching: ASK_FIRST,
    };
    send(ctx, yaml);
  });
  if (options.swaggerUi !== false) swaggerUi(title, options, put);
  if (options.redoc !== false) redoc(title, put);
  if (options.problems !== false) {
    for (const [path, sent] of problemPages(document, base)) {
      pages.set(path, (ctx) => {
        ctx.set("Content-Security-Policy", PROBLEM_POLICY);
        send(ctx, sent);
      });
    }
  }
  return pagesAt((path) => pages.get(path));
}

/** Says in every answer where the document is: `Link: </openapi.json>; rel="service-desc"` (RFC 8631). */
export function linkToDocument(path = "/openapi.json"): Middleware {
  const link = `<${encodeURI(path)}>; rel="service-desc"`;
  return (ctx, next) => {
    ctx.append("Link", link);
    return next();
  };
}

type Put = (path: string, page: Page) => void;

function publishedDocument(options: DocsOptions): Json {
  const { document, version } = options;
  const read: unknown =
    document instanceof URL
      ? JSON.parse(readFileSync(document, "utf8"))
      : document;
  if (!isObject(read)) throw new TypeError("the document is no object");
  const given = read["servers"];
  const servers = options.servers ?? [
    // Relative to the document (OpenAPI 3.1, section 4.8.5): wherever it was got from.
    { url: "./", description: "This service" },
    ...(Array.isArray(given) ? given : []),
  ];
  return publish(read, { version, servers });
}

function titleOf({ info }: Json): string {
  return isObject(info) && typeof info["title"] === "string"
    ? info["title"]
    : "API";
}

/** A file of a package, as it is or changed. */
function asset(
  from: AssetPackage,
  file: string,
  change?: (text: string) => string,
): Page {
  const type = TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "";
  let ready: Sent | undefined;
  return async (ctx) => {
    if (ready === undefined) {
      const bytes = await from.file(file);
      const body = change === undefined ? bytes : change(bytes.toString());
      ready ??= { type, body, caching: HOUR };
    }
    send(ctx, ready);
  };
}

const script = (body: string): Page => {
  const sent: Sent = { type: JS, body, caching: HOUR };
  return (ctx) => send(ctx, sent);
};

function policy(directives: Record<string, string>): string {
  const all = {
    "default-src": "'none'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    ...directives,
  };
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

function swaggerUi(
  title: string,
  { connect = [] }: DocsOptions,
  put: Put,
): void {
  for (const origin of connect) {
    if (new URL(origin).origin !== origin) {
      throw new Error(`docs: ${origin} is no origin`);
    }
  }
  const from = assetPackage("swagger-ui-dist");
  const csp = policy({
    "style-src": "'self'",
    "connect-src": ["'self'", ...connect].join(" "),
  });
  const under =
    (page: Page): Page =>
    (ctx) => {
      ctx.set("Content-Security-Policy", csp);
      return page(ctx);
    };
  // The version is in the address: who updates the package gets new files.
  const folder = `docs/${from.version}/`;
  const page: Sent = {
    type: "text/html; charset=utf-8",
    body: swaggerPage(title, folder),
    caching: ASK_FIRST,
  };
  put(
    "/docs",
    under((ctx) => {
      ctx.set("Link", '<openapi.json>; rel="service-desc"');
      send(ctx, page);
    }),
  );
  put(`/${folder}start.js`, script(SWAGGER_START));
  for (const file of [
    "swagger-ui.css",
    "swagger-ui-bundle.js",
    "favicon-32x32.png",
  ]) {
    put(`/${folder}${file}`, asset(from, file));
  }
  put("/docs/oauth2-redirect.html", under(asset(from, "oauth2-redirect.html")));
  put("/docs/oauth2-redirect.js", asset(from, "oauth2-redirect.js"));
}

/** Redoc shows a picture from a server of its makers. Ours are asked of nobody. */
const LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";

/** Two style sheets that Redoc 2.5 adds without the nonce: an empty one, and that of its scroll bars. */
const REDOC_STYLES =
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='";

function redoc(title: string, put: Put): void {
  const from = assetPackage("redoc");
  const folder = `redoc/${from.version}/`;
  put("/redoc", (ctx) => {
    const nonce = randomBytes(18).toString("base64");
    ctx.set(
      "Content-Security-Policy",
      policy({
        "style-src": `'nonce-${nonce}' ${REDOC_STYLES}`,
        "worker-src": "blob:",
      }),
    );
    ctx.set("Link", '<openapi.json>; rel="service-desc"');
    ctx.set("Cache-Control", "no-store");
    ctx.body = redocPage(title, folder, nonce);
    ctx.type = "html";
  });
  put(`/${folder}start.js`, script(REDOC_START));
  put(
    `/${folder}redoc.standalone.js`,
    asset(from, "bundles/redoc.standalone.js", (text) =>
      text.replaceAll(LOGO, "data:,"),
    ),
  );
}
