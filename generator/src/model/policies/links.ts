/** Room `model`: links that answers carry: `links`, `x-links`, `x-links-style` (RFC 8288, HAL). */
import type { Json } from "../../load/document.js";
import type { Answer, AnswerLink, Operation, StatusKey } from "../api.js";
import { below } from "../below.js";
import { readStatedLinks } from "../build-links.js";
import { isObject, member } from "../member.js";
import { type LinkBody, linkBody, settleLinked } from "./link-bodies.js";
import { type LinkText, linkValue } from "./link-values.js";
import type { PolicyPlace, Referable } from "./policy-place.js";

/** All JSON. */
export interface Links {
  /** The answers are shared by all principals: no link that only some may follow. */
  shared?: true;
  /** `Link` header fields. */
  header?: true;
  answers: LinkedAnswer[];
}

export interface LinkedAnswer {
  status: StatusKey;
  links: Link[];
  /** Where they stand in the body. */
  body?: LinkBody;
  /** Members that lead to the items that have links of their own, and where these stand in each. */
  items?: LinkBody & { list: string[] };
}

export interface Link {
  rel: string;
  /** The path key that it leads to. */
  path: string;
  params: { name: string; in: "path" | "query"; text: LinkText }[];
  /** Of each item, not of the whole. */
  item?: true;
  /** OR of AND, as the target requires it; absent is open. */
  security?: Record<string, string[]>[];
}

/** RFC 8288 2.1: a registered name, or a URI. */
const REL = /^[A-Za-z0-9][A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]*$/;

export function buildLinksPolicy(
  place: PolicyPlace,
  operation: Operation,
): Links | undefined {
  const style = styleOf(place);
  const common = commonLinks(place);
  const answers: LinkedAnswer[] = [];
  for (const answer of operation.answers) {
    const stated = isSuccess(answer.status)
      ? [...answer.links, ...common]
      : answer.links;
    if (stated.length === 0) continue;
    const linked = linkedAnswer(place, operation, answer, stated, style);
    if (linked !== undefined) answers.push(linked);
  }
  if (answers.length === 0) return undefined;
  const caching = place.nearest("x-caching");
  const isShared =
    isObject(caching?.value) && member(caching.value, "scope") === "public";
  const links: Links = { answers };
  if (isShared) links.shared = true;
  if (style === "header") links.header = true;
  return links;
}

type Style = "hal" | "header" | "none";

function styleOf(place: PolicyPlace): Style {
  const stated = place.nearest("x-links-style");
  const value = stated?.value ?? "header";
  if (value === "hal" || value === "header" || value === "none") return value;
  if (stated !== undefined) {
    place.refuse(
      stated,
      "it is none of hal, header and none",
      "`header` sends `Link` fields, `hal` writes `_links` into bodies, `none` writes only where a schema declares `_links` or `links`",
    );
  }
  return "header";
}

/** `x-links` of the operation itself: of each of its successes. */
function commonLinks(place: PolicyPlace): AnswerLink[] {
  const stated = place.own("x-links");
  if (stated === undefined) return [];
  const links = readStatedLinks(stated.value);
  const count = isObject(stated.value) ? Object.keys(stated.value).length : 1;
  if (links.length < count) {
    place.refuse(
      stated,
      "not all of it names an operation",
      "write `{ rel: { operationId, parameters } }`",
    );
  }
  return links.map((link) => ({
    ...link,
    origin: below(stated.origin, link.rel),
  }));
}

function linkedAnswer(
  place: PolicyPlace,
  operation: Operation,
  answer: Answer,
  stated: readonly AnswerLink[],
  style: Style,
): LinkedAnswer | undefined {
  const links: Link[] = [];
  let list: string[] | undefined;
  for (const each of stated) {
    const made = makeLink(place, operation, each);
    if (made === undefined) continue;
    if (links.some(({ rel }) => rel === made.link.rel)) continue;
    if (made.list !== undefined) {
      if (list !== undefined && !sameList(list, made.list)) {
        place.leaveOut(
          each.origin,
          "another link is about the items of another list",
          "an answer has links for the items of one list only",
        );
        continue;
      }
      list = made.list;
    }
    links.push(made.link);
  }
  if (links.length === 0) return undefined;
  const linked: LinkedAnswer = { status: answer.status, links };
  const schema = answer.media.find(({ codec }) => codec === "json")?.schema;
  if (schema !== undefined) {
    const body = linkBody(schema, [], style === "hal", place.models);
    if (body !== undefined) {
      linked.body = body;
      settleLinked(answer, body, schema, place.models);
    }
    const items = list && linkBody(schema, [...list, "*"], false, place.models);
    if (list !== undefined && items !== undefined) {
      linked.items = { ...items, list };
    }
  }
  const isShown = links.some(({ item }) =>
    item === true
      ? linked.items !== undefined
      : style === "header" || linked.body !== undefined,
  );
  return isShown ? linked : undefined;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function makeLink(
  place: PolicyPlace,
  operation: Operation,
  { rel, target, parameters, origin }: AnswerLink,
): { link: Link; list?: string[] } | undefined {
  const to = targetOf(place, target);
  // A name that leads nowhere was reported by the linter.
  if (to === undefined || !to.routed) return undefined;
  if (!REL.test(rel)) {
    place.leaveOut(origin, "its name is no relation type", "RFC 8288 2.1");
    return undefined;
  }
  const params: Link["params"] = [];
  let list: string[] | undefined;
  for (const { name, value } of withOwnVariables(to, operation, parameters)) {
    const param = parameterOf(to, name);
    if (param === undefined) {
      place.leaveOut(
        origin,
        `\`${to.id}\` has no parameter \`${name}\``,
        "only parameters in its path and its query can be part of a link",
      );
      return undefined;
    }
    if (param.in === "other") continue;
    const read = linkValue(value, operation);
    if ("fault" in read) {
      place.leaveOut(
        origin,
        `the value of \`${name}\`: ${read.fault}`,
        "values are constants or expressions such as `$response.body#/id`",
      );
      return undefined;
    }
    if (read.list !== undefined) list ??= read.list;
    params.push({ name: param.name, in: param.in, text: read.text });
  }
  const missing = variablesOf(to.path).find(
    (name) =>
      !params.some((param) => param.in === "path" && param.name === name),
  );
  if (missing !== undefined) {
    place.leaveOut(
      origin,
      `nothing says what \`${missing}\` of \`${to.path}\` is`,
      `give it in \`parameters\`: { ${missing}: $response.body#/id }`,
    );
    return undefined;
  }
  const link: Link = { rel, path: to.path, params };
  if (list !== undefined) link.item = true;
  if (to.security.length > 0) {
    link.security = to.security.map(({ schemes }) =>
      Object.fromEntries(schemes.map(({ name, scopes }) => [name, scopes])),
    );
  }
  return list === undefined ? { link } : { link, list };
}

function targetOf(
  { operations }: PolicyPlace,
  target: AnswerLink["target"],
): Referable | undefined {
  if ("id" in target) return operations.get(target.id);
  return [...operations.values()].find(
    ({ path, method }) => path === target.path && method === target.method,
  );
}

/** Variables that the request has under the same name need not be spelled out. */
function withOwnVariables(
  { path }: Referable,
  operation: Operation,
  parameters: AnswerLink["parameters"],
): { name: string; value: Json }[] {
  const given = new Set(
    parameters.map(({ name }) => name.replace(/^path\./, "")),
  );
  const own = new Set(variablesOf(operation.path));
  const taken = variablesOf(path)
    .filter((name) => own.has(name) && !given.has(name))
    .map((name) => ({ name, value: `$request.path.${name}` }));
  return [...parameters, ...taken];
}

/** `other`: a header or a cookie, which no reference can carry. */
function parameterOf(
  { params, path }: Referable,
  written: string,
): { name: string; in: "path" | "query" | "other" } | undefined {
  const [, place, bare = written] =
    /^(path|query|header|cookie)\.(.+)$/.exec(written) ?? [];
  for (const name of [written, bare]) {
    if (place !== "query" && variablesOf(path).includes(name)) {
      return { name, in: "path" };
    }
    const param = params.find(
      (each) =>
        each.name === name &&
        (name === written || place === undefined || each.in === place),
    );
    if (param === undefined) continue;
    return { name, in: param.in === "query" ? "query" : "other" };
  }
  return undefined;
}

function variablesOf(path: string): string[] {
  return Array.from(path.matchAll(/\{([^{}]*)\}/g), ([, name = ""]) => name);
}

function isSuccess(status: StatusKey): boolean {
  return (
    status === "2XX" ||
    (typeof status === "number" && status >= 200 && status < 300)
  );
}
