/** Room `read`: one request as generated readers see it. */
import type { Issues } from "../contract/issues.js";
import type {
  CookieStyle,
  PathStyle,
  RawRequest,
  Separator,
  Shape,
  TextFields,
  TextValue,
} from "../contract/raw-request.js";
import type { RequestHead } from "./request-head.js";
import { lone } from "./coerce.js";
import { cookiePairs, splitJoined } from "./cookies.js";
import { createDeepObject } from "./deep-object.js";
import { setOwn } from "./own-data.js";
import { splitList, splitObject, unstyle } from "./path-styles.js";
import {
  alternate,
  assignments,
  decodeQuery,
  decodeText,
  MAX_PAIRS,
  QueryPairs,
  splitQuery,
} from "./query-pairs.js";

/** Of an unknown name, so much is shown. */
const NAME_SHOWN = 100;
/** Decodes on demand and once; the body is set by the pipeline. */
export class RequestReader implements RawRequest {
  body: unknown = undefined;
  mediaType: string | undefined = undefined;
  contentType: string | undefined = undefined;
  /** Nothing of the body is left on the way. */
  received = false;
  /** Query parameters that nobody asks for are faults. */
  strict = false;
  private readonly req: RequestHead;
  private readonly names: readonly string[];
  private readonly values: readonly string[];
  private readonly issues: Issues;
  private pairs: QueryPairs | undefined = undefined;
  private cookies: [string, string][] | undefined = undefined;

  /** `names` and `values` are the path variables; values are undecoded and known to be decodable. */
  constructor(
    req: RequestHead,
    names: readonly string[],
    values: readonly string[],
    issues: Issues,
  ) {
    this.req = req;
    this.names = names;
    this.values = values;
    this.issues = issues;
  }

  path(name: string, style: PathStyle = "simple"): string {
    const raw = this.segment(name);
    if (style === "simple") return raw.includes("%") ? decodeSure(raw) : raw;
    return decodeSure(unstyle(raw, name, style) ?? this.styled(name, raw));
  }

  pathList(name: string, style: PathStyle, explode: boolean): string[] {
    const raw = this.segment(name);
    const items = splitList(raw, name, style, explode);
    return (items ?? [this.styled(name, raw)]).map(decodeSure);
  }

  pathObject(name: string, style: PathStyle, explode: boolean): TextFields {
    const raw = this.segment(name);
    const fields = splitObject(raw, name, style, explode, decodeSure);
    if (fields === undefined) this.styled(name, raw);
    return fields ?? {};
  }

  query(name: string): string | undefined {
    const pairs = (this.pairs ??= this.scan());
    const index = pairs.find(name, 0);
    if (index === -1) return undefined;
    if (pairs.find(name, index + 1) !== -1) {
      this.issues.add(`query/${escape(name)}`, "repeated");
    }
    const value = pairs.value(index);
    return pairs.escaped ? this.decoded("query", name, value) : value;
  }

  queryAll(name: string): string[] | undefined {
    const pairs = (this.pairs ??= this.scan());
    let index = pairs.find(name, 0);
    if (index === -1) return undefined;
    const values: string[] = [];
    for (; index !== -1; index = pairs.find(name, index + 1)) {
      values.push(this.decoded("query", name, pairs.value(index)));
    }
    return values;
  }

  querySplit(name: string, separator: Separator): string[] | undefined {
    const pairs = (this.pairs ??= this.scan());
    const index = pairs.find(name, 0);
    if (index === -1) return undefined;
    if (pairs.find(name, index + 1) !== -1) {
      this.issues.add(`query/${escape(name)}`, "repeated");
    }
    const value = pairs.value(index);
    if (value === "") return [];
    const items = splitQuery(value, separator);
    return items.map((item) => this.decoded("query", name, item));
  }

  queryPairs(name: string, separator: Separator): TextFields | undefined {
    const items = this.querySplit(name, separator);
    return items && this.fields("query", name, alternate(items));
  }

  queryObject(
    name: string,
    style: "deepObject" = "deepObject",
    shape?: Shape,
  ): TextValue | undefined {
    const pairs = (this.pairs ??= this.scan());
    const found = createDeepObject(shape);
    for (const [index, full] of pairs.names.entries()) {
      if (full !== name && !full.startsWith(`${name}[`)) continue;
      pairs.note(full);
      const value = this.decoded("query", name, pairs.value(index));
      if (!found.add(full.slice(name.length), value)) {
        this.issues.add(`query/${escape(name)}`, "style", style);
      }
    }
    return found.finish();
  }

  queryFields(names: readonly string[]): TextFields | undefined {
    const fields: TextFields = {};
    for (const name of names) {
      const values = this.queryAll(name);
      if (values !== undefined) setOwn(fields, name, lone(values) ?? "");
    }
    return Object.keys(fields).length === 0 ? undefined : fields;
  }

  queryRest(except: readonly string[]): TextFields | undefined {
    const pairs = (this.pairs ??= this.scan());
    const taken = new Set(except);
    const others = [...new Set(pairs.names)].filter((name) => !taken.has(name));
    return this.queryFields(others);
  }

  get querystring(): string {
    const url = this.req.url ?? "";
    const mark = url.indexOf("?");
    return mark === -1 ? "" : url.slice(mark + 1);
  }

  queryText(name: string): string | undefined {
    // All of it is this parameter.
    this.strict = false;
    const text = this.querystring;
    if (text === "") return undefined;
    const decoded = decodeText(text);
    if (decoded === undefined) {
      this.issues.add(`query/${escape(name)}`, "encoding");
    }
    return decoded ?? text;
  }

  header(name: string): string | undefined {
    const value: unknown = this.req.headers[name];
    // A name such as `constructor` finds what every object has.
    if (typeof value === "string") return value;
    return Array.isArray(value) ? value.join(", ") : undefined;
  }

  headerSplit(name: string): string[] | undefined {
    const value = this.header(name);
    if (value === undefined) return undefined;
    return value === "" ? [] : value.split(",").map((item) => item.trim());
  }

  headerPairs(name: string, explode: boolean): TextFields | undefined {
    const items = this.headerSplit(name);
    if (items === undefined) return undefined;
    const fields = explode ? assignments(items, same) : alternate(items);
    return this.fields("header", name, fields);
  }

  cookie(name: string): string | undefined {
    const value = this.cookieText(name);
    return value === undefined
      ? undefined
      : this.decoded("cookie", name, value);
  }

  cookieText(name: string): string | undefined {
    return this.cookieList().find((pair) => pair[0] === name)?.[1];
  }

  cookieAll(name: string, style: CookieStyle = "form"): string[] | undefined {
    const values: string[] = [];
    for (const pair of this.cookieList()) {
      for (const [each, value] of splitJoined(pair, style)) {
        if (each === name) values.push(this.cookieValue(name, value, style));
      }
    }
    return values.length === 0 ? undefined : values;
  }

  cookieSplit(name: string, style: CookieStyle = "form"): string[] | undefined {
    const value = this.cookieText(name);
    if (value === undefined) return undefined;
    if (value === "") return [];
    return value.split(",").map((item) => this.cookieValue(name, item, style));
  }

  cookiePairs(name: string, style?: CookieStyle): TextFields | undefined {
    const items = this.cookieSplit(name, style);
    return items && this.fields("cookie", name, alternate(items));
  }

  cookieFields(
    names: readonly string[],
    style?: CookieStyle,
  ): TextFields | undefined {
    const fields: TextFields = {};
    for (const name of names) {
      const values = this.cookieAll(name, style);
      if (values !== undefined) setOwn(fields, name, lone(values) ?? "");
    }
    return Object.keys(fields).length === 0 ? undefined : fields;
  }

  /** Reports escapes that no parameter of the operation has met: `?x=%zz` is a bad request whoever reads `x`. */
  verifyQuery(known: readonly string[] = []): void {
    if ((this.req.url ?? "").includes("%")) {
      const pairs = (this.pairs ??= this.scan());
      if (!pairs.decodable) this.issues.add("query", "encoding");
    }
    if (!this.strict) return;
    for (const name of (this.pairs ??= this.scan()).unknown()) {
      if (known.includes(name)) continue;
      this.issues.add(`query/${escape(name.slice(0, NAME_SHOWN))}`, "unknown");
    }
  }

  private scan(): QueryPairs {
    const pairs = new QueryPairs(this.req.url ?? "", this.strict);
    if (pairs.overflow) this.issues.add("query", "maxParameters", MAX_PAIRS);
    return pairs;
  }

  private segment(name: string): string {
    return this.values[this.names.indexOf(name)] ?? "";
  }

  private styled(name: string, raw: string): string {
    this.issues.add(`path/${escape(name)}`, "style");
    return raw;
  }

  private cookieValue(name: string, raw: string, style: CookieStyle): string {
    return style === "cookie" ? raw : this.decoded("cookie", name, raw);
  }

  private decoded(where: "query" | "cookie", name: string, raw: string) {
    const text = where === "query" ? decodeQuery(raw) : decodeText(raw);
    if (text === undefined) {
      this.issues.add(`${where}/${escape(name)}`, "encoding");
    }
    return text ?? raw;
  }

  private fields(where: string, name: string, fields: TextFields | undefined) {
    if (fields === undefined) {
      this.issues.add(`${where}/${escape(name)}`, "style");
    }
    return fields ?? {};
  }

  private cookieList(): [string, string][] {
    return (this.cookies ??= cookiePairs(this.header("cookie") ?? ""));
  }
}

/** For path values: the router has refused those that cannot be decoded. */
function decodeSure(raw: string): string {
  return decodeText(raw) ?? raw;
}

function same(text: string): string {
  return text;
}

/** A name as a segment of an issue's place. */
function escape(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
