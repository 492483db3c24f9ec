/** Room `server`: which version a request asks for, and how that is said where there are several. */
import type { RouterContext } from "@koa/router";
import { problem, type Problem } from "../errors/problem.js";
import { negotiate } from "../write/accept.js";

/** `asked`: the client named it, so that the answer names it too. */
export interface Choice {
  readonly version: string;
  readonly asked: boolean;
  /** Of `asked`, by media type: what the answer is to be called, and how much it is liked. */
  readonly type?: string;
}

/** `undefined`: not one of ours; a problem where the client asks for what there is not. */
export type Choose = (ctx: RouterContext) => Choice | Problem | undefined;

/** `fallback`: the version of those who name none; `undefined` refuses them. */
export interface Offer {
  readonly versions: readonly string[];
  readonly fallback: string | undefined;
}

function listed(
  make: typeof problem.badRequest,
  detail: string,
  { versions }: Offer,
): Problem {
  return make({ detail, versions: [...versions] });
}

/** By a segment of the path: `/api/{version}`. */
export function chooseByPath(template: string, offer: Offer): Choose {
  const [before = "", after = ""] = template.split("{version}");
  const shapes = new Set(offer.versions.map(shapeOf));
  return ({ path }) => {
    if (!path.startsWith(before)) return undefined;
    const [version = ""] = path.slice(before.length).split("/", 1);
    const rest = path.slice(before.length + version.length);
    if (!rest.startsWith(after)) return undefined;
    if (offer.versions.includes(version)) return { version, asked: true };
    // `/v9` is a version that there is not; `/docs` is none.
    if (!shapes.has(shapeOf(version))) return undefined;
    return listed(problem.notFound, "there is no such version", offer);
  };
}

/** What versions have in common: `v1` and `v12` are alike, `docs` is not. */
function shapeOf(version: string): string {
  return version.replace(/\d+/g, "0");
}

/** By a header field: `API-Version: v1`. */
export function chooseByHeader(name: string, offer: Offer): Choose {
  const field = name.toLowerCase();
  return ({ req }) => {
    const value = req.headers[field];
    const version = typeof value === "string" ? value.trim() : "";
    if (version === "") return fallbackOf(offer, `send \`${name}\``);
    if (offer.versions.includes(version)) return { version, asked: true };
    return listed(
      problem.badRequest,
      `\`${name}\` names a version that there is not`,
      offer,
    );
  };
}

/** By media type, `application/vnd.api.{version}+json`: of the wanted answer, else of the body. */
export function chooseByMediaType(template: string, offer: Offer): Choose {
  const [before = "", after = ""] = template.toLowerCase().split("{version}");
  const types = new Map(
    offer.versions.map((version) => [
      `${before}${version.toLowerCase()}${after}`,
      version,
    ]),
  );
  const candidates = ["application/json", ...types.keys()];
  const hasFamily = (field: string): boolean =>
    field.toLowerCase().includes(before);
  return ({ req }) => {
    const { accept, "content-type": content = "" } = req.headers;
    const [essence = ""] = content.toLowerCase().split(";", 1);
    const sent = types.get(essence.trim());
    if (sent === undefined && essence.trim().startsWith(before)) {
      return listed(
        problem.unsupportedMediaType,
        "the body is of a version that there is not",
        offer,
      );
    }
    const type =
      accept === undefined ? undefined : negotiate(accept, candidates);
    const wanted = type === undefined ? undefined : types.get(type);
    if (wanted !== undefined && type !== undefined) {
      if (sent === undefined || sent === wanted) {
        return { version: wanted, asked: true, type };
      }
      return listed(
        problem.unsupportedMediaType,
        "body and answer cannot be of two versions",
        offer,
      );
    }
    if (accept !== undefined && type === undefined && hasFamily(accept)) {
      return problem.notAcceptable({
        detail: `available: ${[...types.keys()].join(", ")}`,
        versions: [...offer.versions],
      });
    }
    if (sent !== undefined) return { version: sent, asked: false };
    return fallbackOf(offer, `accept \`${template}\``);
  };
}

function fallbackOf(offer: Offer, help: string): Choice | Problem {
  const { fallback } = offer;
  return fallback === undefined
    ? listed(problem.badRequest, `name a version: ${help}`, offer)
    : { version: fallback, asked: false };
}
