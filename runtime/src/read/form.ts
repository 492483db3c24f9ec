/** Room `read`: forms into the members that the contract declares, and no structure that it does not. */
import type { FormCodec, FormField } from "../contract/body-codec.js";
import type { Issues } from "../contract/issues.js";
import type { Shape, TextFields, TextValue } from "../contract/raw-request.js";
import { problem } from "../errors/problem.js";
import { coerce, lone } from "./coerce.js";
import { createDeepObject } from "./deep-object.js";
import { type JsonRules, parseJsonText } from "./json-body.js";
import { setOwn } from "./own-data.js";
import {
  alternate,
  decodeQuery,
  MAX_PAIRS,
  QueryPairs,
} from "./query-pairs.js";
import { splitQuery } from "./query-pairs.js";

/** The texts of a form by name, in order. */
export interface FormTexts {
  /** Not yet decoded, so that separators that were escaped are data. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  decode(text: string): string;
}

/** `a=1&b=2` (WHATWG URL, section 5.1). 400 for bad escapes, 413 for too many pairs. */
export function urlencodedTexts(body: string): FormTexts {
  const pairs = new QueryPairs(`?${body}`);
  if (pairs.overflow) {
    throw problem.contentTooLarge({
      detail: `the request body has more than ${MAX_PAIRS} fields`,
    });
  }
  if (!pairs.decodable) {
    throw problem.badRequest({
      detail: "the request body is not percent-encoded UTF-8",
    });
  }
  const values = new Map<string, string[]>();
  for (const [index, name] of pairs.names.entries()) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [pairs.value(index)]);
    else known.push(pairs.value(index));
  }
  return { values, decode: (text) => decodeQuery(text) ?? text };
}

/** Adds the members of the form to `out`. Names in `taken` are left out. */
export function readForm(
  form: FormTexts,
  codec: Pick<FormCodec, "fields" | "rest">,
  rules: JsonRules,
  issues: Issues,
  out: Record<string, unknown> = {},
  taken: Set<string> = new Set(),
): Record<string, unknown> {
  for (const [name, field] of Object.entries(codec.fields)) {
    if (taken.has(name)) continue;
    const value = readField(form, name, field, rules, issues, taken);
    if (value !== undefined) setOwn(out, name, value);
  }
  for (const [name, values] of form.values) {
    if (taken.has(name)) continue;
    const texts = values.map((text) => form.decode(text));
    setOwn(out, name, coerce(lone(texts), codec.rest ?? "string"));
  }
  return out;
}

function readField(
  form: FormTexts,
  name: string,
  field: FormField,
  rules: JsonRules,
  issues: Issues,
  taken: Set<string>,
): unknown {
  if (field.members !== undefined) {
    return coerce(membersOf(form, field.members, taken), field.shape);
  }
  const at = placeOf(name);
  taken.add(name);
  if (field.deep === true) {
    const deep = deepOf(form, name, field.shape, issues, taken);
    return coerce(deep, field.shape);
  }
  const values = form.values.get(name);
  if (values === undefined) return undefined;
  if (values.length > 1 && field.list !== true) issues.add(at, "repeated");
  if (field.split !== undefined) {
    const [first = ""] = values;
    const items = (first === "" ? [] : splitQuery(first, field.split)).map(
      (item) => form.decode(item),
    );
    const value = field.pairs === true ? alternate(items) : items;
    if (value === undefined) issues.add(at, "style");
    return coerce(value, field.shape);
  }
  const texts = values.map((text) => form.decode(text));
  return decodeTexts(texts, field, at, rules, issues);
}

/** The decoded texts of one member as a value. */
export function decodeTexts(
  texts: readonly string[],
  field: FormField,
  at: string,
  rules: JsonRules,
  issues: Issues,
): unknown {
  if (field.json !== true) {
    const value = field.list === true ? lone(texts) : texts[0];
    return coerce(value, field.shape);
  }
  const parsed = texts.map((text) => parseMember(text, at, rules, issues));
  const [first] = parsed;
  if (field.list !== true) return first;
  // One text may hold the whole list.
  return parsed.length === 1 && Array.isArray(first) ? first : parsed;
}

function parseMember(
  text: string,
  at: string,
  rules: JsonRules,
  issues: Issues,
): unknown {
  try {
    return parseJsonText(text, rules);
  } catch {
    issues.add(at, "json");
    return undefined;
  }
}

function membersOf(
  form: FormTexts,
  members: readonly string[],
  taken: Set<string>,
): TextFields | undefined {
  const fields: TextFields = {};
  let any = false;
  for (const name of members) {
    const values = form.values.get(name);
    if (values === undefined || taken.has(name)) continue;
    taken.add(name);
    any = true;
    const texts = values.map((text) => form.decode(text));
    setOwn<TextValue>(fields, name, lone(texts) ?? "");
  }
  return any ? fields : undefined;
}

function deepOf(
  form: FormTexts,
  name: string,
  shape: Shape,
  issues: Issues,
  taken: Set<string>,
): TextValue | undefined {
  const found = createDeepObject(shape);
  for (const [full, values] of form.values) {
    if (full !== name && !full.startsWith(`${name}[`)) continue;
    taken.add(full);
    for (const value of values) {
      if (!found.add(full.slice(name.length), form.decode(value))) {
        issues.add(placeOf(name), "style", "deepObject");
      }
    }
  }
  return found.finish();
}

/** The place of a member in an issue. */
export function placeOf(name: string): string {
  return `body/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
