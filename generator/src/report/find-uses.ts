/** Room `report`: where a document uses which feature. */
import { below } from "../lint/below.js";
import type { Origin } from "../lint/diagnostic.js";
import { OLD_KEYWORDS } from "../lint/rules/unenforced-keywords.js";
import { shorten } from "../lint/shorten.js";
import { shortName, VOCABULARY } from "../lint/vocabulary.js";
import type { Document, Json, JsonObject, NodeKind } from "../load/document.js";
import { GRAMMAR, type Version } from "../load/grammar.js";
import { isObject, member, textMember } from "../load/member.js";
import type { Use } from "./feature.js";
import { bodyKindOf } from "./body-kind.js";
import {
  BODY_KINDS,
  contentName,
  extensionName,
  fieldName,
  formatName,
  isRead,
  oldName,
  styleName,
  typeName,
} from "./table.js";

/** Fields whose reading is told at the object that has them. */
const TOLD_AT_OBJECT: ReadonlySet<NodeKind> = new Set(["mediaType"]);

const JSON_TYPES = new Set(
  "null boolean integer number string array object".split(" "),
);

const DEFAULT_STYLES = new Map([
  ["path", "simple"],
  ["query", "form"],
  ["header", "simple"],
  ["cookie", "form"],
]);

/** In the order in which the document is walked. */
export function findUses(document: Document): Use[] {
  const uses: Use[] = [];
  document.visit((node, kind, origin) => {
    uses.push(...fieldUses(node, kind, origin, document));
    uses.push(...(VALUES[kind]?.(node, origin, document) ?? []));
  });
  return uses;
}

function* fieldUses(
  node: JsonObject,
  kind: NodeKind,
  origin: Origin,
  { version }: Document,
): Generator<Use> {
  const rule = GRAMMAR.get(kind);
  if (rule === undefined) return;
  const also = TOLD_AT_OBJECT.has(kind) ? { also: [origin] } : {};
  for (const key of Object.keys(node)) {
    const at = below(origin, key);
    const value = node[key];
    if (key === "$ref" && typeof value === "string" && !value.startsWith("#")) {
      yield { name: "reference to another file", origin: at };
    }
    const field = rule.fields.get(key);
    if (field !== undefined) {
      const isNew = (field.since ?? "") > version;
      const isDead = kind === "schema" && !isRead(key, version);
      const code =
        isNew || isDead
          ? ("KT6015" as const)
          : key === "nullable" && addsNothing(node, version)
            ? ("KT2086" as const)
            : undefined;
      const told = code === undefined ? {} : { code };
      yield { name: fieldName(kind, key), origin: at, ...also, ...told };
    } else if (kind === "schema" && OLD_KEYWORDS.has(key)) {
      yield { name: oldName(key), origin: at };
    } else if (key.startsWith("x-")) {
      const short = shortName(key);
      yield VOCABULARY.has(short)
        ? { name: extensionName(short), origin: at }
        : { name: extensionName(shorten(key)), origin: at, kind };
    } else if (rule.others === undefined) {
      yield key === "$ref"
        ? { name: "reference", origin: at }
        : {
            name: fieldName(kind, shorten(key)),
            origin: at,
            kind,
            code: "KT6015",
          };
    }
  }
}

/** OpenAPI 3.0.3: `nullable` needs a `type`, and an `enum` beside it that lists null; compositions are read as people mean it. */
function addsNothing(node: JsonObject, version: Version): boolean {
  if (version !== "3.0" || member(node, "nullable") !== true) return false;
  const values = member(node, "enum");
  if (Array.isArray(values) && !values.includes(null)) return true;
  return ["type", "allOf", "anyOf", "oneOf"].every(
    (key) => member(node, key) === undefined,
  );
}

type FindValues = (
  node: JsonObject,
  origin: Origin,
  document: Document,
) => Iterable<Use>;

const VALUES: Partial<Record<NodeKind, FindValues>> = {
  *parameter(node, origin) {
    const place = textMember(node, "in");
    if (place === undefined) return;
    const content = member(node, "content");
    if (content !== undefined || place === "querystring") {
      yield { name: contentName(place), origin };
      return;
    }
    const style = textMember(node, "style") ?? DEFAULT_STYLES.get(place);
    if (style === undefined) return;
    const name = styleName(place, shorten(style));
    yield { name, origin, also: [below(origin, "style")] };
  },
  requestBody: (node, origin, document) =>
    bodyUses("request", node, origin, document),
  response: (node, origin, document) =>
    bodyUses("response", node, origin, document),
  *responses(node, origin) {
    for (const key of Object.keys(node)) {
      if (key.startsWith("x-")) continue;
      const what = /^default$/i.test(key)
        ? "`default`"
        : /xx$/i.test(key)
          ? "a range (`4XX`)"
          : "a single one";
      yield { name: `status: ${what}`, origin: below(origin, key) };
    }
  },
  *schema(node, origin, document) {
    const type = member(node, "type");
    const at = below(origin, "type");
    if (Array.isArray(type)) yield { name: "type: a list", origin: at };
    for (const each of Array.isArray(type) ? type : [type]) {
      if (typeof each !== "string") continue;
      const name = JSON_TYPES.has(each)
        ? typeName(each)
        : "type: a name of another language";
      yield { name, origin: at };
    }
    const format = textMember(node, "format");
    if (format !== undefined) {
      const dialect = document.dialect(node);
      const isNote = dialect !== "3.0" && dialect !== "3.1";
      const name = isNote ? "format: others" : formatName(shorten(format));
      yield { name, origin: below(origin, "format"), kind: "schema" };
    }
    if (Array.isArray(member(node, "items"))) {
      const items = below(origin, "items");
      yield { name: oldName("items"), origin: items };
    }
  },
  *securityScheme(node, origin) {
    const scheme = (textMember(node, "scheme") ?? "").toLowerCase();
    switch (member(node, "type")) {
      case "apiKey":
        yield { name: `apiKey in ${textMember(node, "in")}`, origin };
        break;
      case "http":
        yield {
          name: /^(basic|bearer)$/.test(scheme)
            ? `http: \`${scheme}\``
            : "http: other schemes",
          origin,
        };
        break;
      case "oauth2":
      case "openIdConnect":
      case "mutualTLS":
        yield { name: String(member(node, "type")), origin };
    }
  },
  *securityRequirement(node, origin) {
    const { length } = Object.keys(node);
    if (length === 0) yield { name: "requirement: none (`{}`)", origin };
    if (length > 1) {
      yield { name: "requirement: all of several schemes", origin };
    }
  },
  document: alternatives,
  operation: alternatives,
};

function* alternatives(node: JsonObject, origin: Origin): Generator<Use> {
  const security = member(node, "security");
  if (!Array.isArray(security) || security.length < 2) return;
  yield {
    name: "requirement: one of several",
    origin: below(origin, "security"),
  };
}

function* bodyUses(
  side: "request" | "response",
  node: JsonObject,
  origin: Origin,
  document: Document,
): Generator<Use> {
  const content = member(node, "content");
  if (!isObject(content)) return;
  for (const type of Object.keys(content)) {
    const at = below(origin, "content", type);
    const name = `${side} body: ${BODY_KINDS[bodyKindOf(type)]}`;
    const media = follow(content[type], document);
    yield { name, origin: at, ...(media && { also: [media] }) };
  }
}

/** Where a media type is really written, which is where diagnostics about it stand. */
function follow(
  value: Json | undefined,
  document: Document,
): Origin | undefined {
  let found: Origin | undefined;
  const seen = new Set<Json>();
  while (isObject(value) && !seen.has(value)) {
    seen.add(value);
    const target = Object.hasOwn(value, "$ref")
      ? document.target(value)
      : undefined;
    if (target === undefined) break;
    found = target.origin;
    value = target.node;
  }
  return found && document.written(found);
}
