/** Room `server`: several versions of a service in one process, each with a document and a router of its own. */
import type { RouterContext, RouterInstance } from "@koa/router";
import type Koa from "koa";
import { wallClock } from "../contract/clock.js";
import type { VersioningFacts } from "../contract/document-facts.js";
import type { DeprecationPolicy } from "../contract/policies.js";
import { servedBy } from "../contract/served.js";
import { Problem } from "../errors/problem.js";
import { refuseGone, sayDeprecated } from "../versioning/deprecation.js";
import { respondProblem } from "./failure.js";
import {
  type Choice,
  type Choose,
  chooseByHeader,
  chooseByMediaType,
  chooseByPath,
  type Offer,
} from "./version-choice.js";

/** The end of a whole version: RFC 3339 dates or times, and a URL that tells of it. */
export interface VersionEnd {
  readonly since?: string;
  readonly sunset?: string;
  readonly link?: string;
  /** After `sunset` every request is answered 410. */
  readonly gone?: boolean;
}

/** What is left out comes from the `x-versioning` of the first document that has it. */
export interface VersionsOptions {
  readonly in?: "path" | "header" | "mediaType";
  /** `/api/{version}`, a header field, or `application/vnd.api.{version}+json`. */
  readonly name?: string;
  /** For requests that name no version: the last or the first of the list, one by its name, or a problem. */
  readonly default?: "latest" | "oldest" | 400 | (string & {});
  readonly ends?: Readonly<Record<string, VersionEnd>>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

type Middleware = ReturnType<RouterInstance["routes"]>;

/** The oldest version first. Throws where a router is none of ours, or a name is missing. */
export function versions(
  routers: Readonly<Record<string, RouterInstance>>,
  options: VersionsOptions = {},
): Koa.Middleware {
  const names = Object.keys(routers);
  const facts = Object.entries(routers).map(([name, router]) => {
    const { versioning } = servedBy(router).facts;
    const { values } = versioning ?? {};
    if (values !== undefined && !values.includes(name)) {
      throw new Error(
        `\`x-versioning\` of the document does not list ${name}: ${values.join(", ")}`,
      );
    }
    return versioning;
  });
  const stated = facts.find((each) => each !== undefined) ?? {};
  // A name is of no use in another place.
  const isElsewhere = options.in !== undefined && options.in !== stated.in;
  const settled = isElsewhere ? options : { ...stated, ...options };
  const { in: place = "path" } = settled;
  const offer: Offer = {
    versions: names,
    fallback: fallbackOf(names, settled),
  };
  const template = templateOf(place, settled.name, routers);
  const choose = chooserOf(place, template, offer);
  if (place === "path") {
    for (const [name, router] of Object.entries(routers)) {
      router.prefix(template.replace("{version}", name));
    }
  }
  const served = new Map<string, Middleware>(
    Object.entries(routers).map(([name, router]) => [name, router.routes()]),
  );
  const declares = new Map(
    names.map((name, at) => [name, facts[at]?.declared === true]),
  );
  const ends = endsOf(options.ends ?? {}, names);
  const now = options.now ?? wallClock;

  async function serve(
    ctx: RouterContext,
    next: () => Promise<unknown>,
    choice: Choice,
  ): Promise<void> {
    const { version, type } = choice;
    const end = ends.get(version);
    if (end !== undefined) {
      sayDeprecated(end.policy, ctx, {});
      if (end.gone) refuseGone(end.policy, now());
    }
    const isTranslated =
      place === "mediaType" && declares.get(version) !== true;
    if (isTranslated) translateRequest(ctx, template, version);
    await served.get(version)?.(ctx, next);
    if (!isTranslated || type === undefined || ctx.res.headersSent) return;
    if (ctx.response.get("Content-Type") === "application/json") {
      ctx.set("Content-Type", type);
    }
  }

  const dispatch = async (
    ctx: RouterContext,
    next: () => Promise<unknown>,
  ): Promise<void> => {
    const choice = choose(ctx);
    if (choice === undefined) {
      await next();
      return;
    }
    if (place === "header") ctx.vary(template);
    if (place === "mediaType") ctx.vary("Accept");
    try {
      if (choice instanceof Problem) throw choice;
      if (place === "header") ctx.set(template, choice.version);
      await serve(ctx, next, choice);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      respondProblem(ctx, error);
    }
  };
  // Koa types middleware by the context that comes in, and routers by what they make of it.
  return dispatch as Koa.Middleware;
}

function fallbackOf(
  names: readonly string[],
  settled: Pick<VersionsOptions, "default">,
): string | undefined {
  const wanted = settled.default ?? "latest";
  if (wanted === 400) return undefined;
  if (names.includes(wanted)) return wanted;
  const found =
    wanted === "latest"
      ? names.at(-1)
      : wanted === "oldest"
        ? names[0]
        : undefined;
  if (found === undefined) throw new Error(`there is no version ${wanted}`);
  return found;
}

/** For paths: what the first servers of the documents have in common, else the version alone. */
function templateOf(
  place: "path" | "header" | "mediaType",
  given: string | undefined,
  routers: Readonly<Record<string, RouterInstance>>,
): string {
  if (place === "header") return given ?? "API-Version";
  if (given !== undefined) {
    if (given.split("{version}").length === 2) return given;
    throw new Error(`\`name\` has no {version} in it: ${given}`);
  }
  if (place === "mediaType") {
    throw new Error(
      "`name` is missing: for example `application/vnd.api.{version}+json`",
    );
  }
  const templates = new Set(
    Object.entries(routers).map(([name, router]) =>
      (servedBy(router).facts.basePath ?? "")
        .split("/")
        .map((segment) => (segment === name ? "{version}" : segment))
        .join("/"),
    ),
  );
  const [only = ""] = templates;
  return templates.size === 1 && only.includes("{version}")
    ? only
    : "/{version}";
}

function chooserOf(
  place: NonNullable<VersioningFacts["in"]>,
  template: string,
  offer: Offer,
): Choose {
  switch (place) {
    case "path":
      return chooseByPath(template, offer);
    case "header":
      return chooseByHeader(template, offer);
    case "mediaType":
      return chooseByMediaType(template, offer);
  }
}

/** For documents that speak of plain JSON: the version's own type is that, read and written. */
function translateRequest(
  { req }: RouterContext,
  template: string,
  version: string,
): void {
  const own = template
    .toLowerCase()
    .replace("{version}", version.toLowerCase());
  for (let at = 0; at + 1 < req.rawHeaders.length; at += 2) {
    const name = req.rawHeaders[at]?.toLowerCase() ?? "";
    if (name !== "accept" && name !== "content-type") continue;
    const value = req.rawHeaders[at + 1] ?? "";
    const plain = value.toLowerCase().replaceAll(own, "application/json");
    if (plain === value.toLowerCase()) continue;
    req.rawHeaders[at + 1] = plain;
    req.headers[name] = plain;
  }
}

function endsOf(
  ends: Readonly<Record<string, VersionEnd>>,
  names: readonly string[],
): Map<string, { policy: DeprecationPolicy; gone: boolean }> {
  return new Map(
    Object.entries(ends).map(([name, { since, sunset, link, gone }]) => {
      if (!names.includes(name)) throw new Error(`there is no version ${name}`);
      const policy: DeprecationPolicy = {
        ...(since !== undefined && { since: secondsOf(since) }),
        ...(sunset !== undefined && { sunset: secondsOf(sunset) }),
        ...(link !== undefined && {
          links: [{ rel: "deprecation" as const, href: link }],
        }),
      };
      return [name, { policy, gone: gone === true }];
    }),
  );
}

function secondsOf(date: string): number {
  const time = Date.parse(date);
  if (Number.isFinite(time)) return Math.floor(time / 1000);
  throw new Error(`this is no date: ${date}`);
}
