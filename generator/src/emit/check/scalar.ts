/** Room `emit/check`: assertions on strings, numbers and fixed values. */
import type {
  JsonType,
  NumberFacet,
  Pattern,
  Schema,
  StringFacet,
  StringFormat,
} from "../../model/schema.js";
import type { Json } from "../../load/document.js";
import { type Code, regex, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { all, assign, call, callWithList, differs, json } from "../syntax.js";
import {
  failWhen,
  type Limit,
  type Scope,
  type Statement,
  type Target,
} from "./scope.js";
import { typeOf } from "./types.js";

const FORMATS: Record<StringFormat, Code> = {
  byte: rt.isByte,
  date: rt.isDate,
  "date-time": rt.isDateTime,
  duration: rt.isDuration,
  email: rt.isEmail,
  hostname: rt.isHostname,
  "idn-email": rt.isIdnEmail,
  "idn-hostname": rt.isIdnHostname,
  ipv4: rt.isIpv4,
  ipv6: rt.isIpv6,
  iri: rt.isIri,
  "iri-reference": rt.isIriReference,
  "json-pointer": rt.isJsonPointer,
  regex: rt.isRegex,
  "relative-json-pointer": rt.isRelativeJsonPointer,
  time: rt.isTime,
  uri: rt.isUri,
  "uri-reference": rt.isUriReference,
  "uri-template": rt.isUriTemplate,
  uuid: rt.isUuid,
};

export function checkString(
  scope: Scope,
  facet: StringFacet,
  { value, place }: Target,
): Statement[] {
  const out: Statement[] = [];
  const { min, max, format } = facet;
  if (min !== undefined && min > 0) {
    // A string has at most as many code points as code units, and at least half as many.
    const condition =
      min === 1
        ? ts`${value}.length < 1`
        : all([
            ts`${value}.length < ${min * 2}`,
            ts`${call(rt.codePoints, [value])} < ${min}`,
          ]);
    out.push(failWhen(scope, condition, place, "minLength", ts`${min}`));
  }
  if (max !== undefined) {
    const condition =
      max === 0
        ? ts`${value}.length > 0`
        : all([
            ts`${value}.length > ${max}`,
            ts`${call(rt.codePoints, [value])} > ${max}`,
          ]);
    out.push(failWhen(scope, condition, place, "maxLength", ts`${max}`));
  }
  for (const pattern of facet.patterns) {
    out.push(
      failWhen(
        scope,
        ts`!${patternTest(scope, pattern, value)}`,
        place,
        "pattern",
      ),
    );
  }
  if (format !== undefined) {
    out.push(
      failWhen(
        scope,
        ts`!${call(FORMATS[format], [value])}`,
        place,
        "format",
        ts`${format}`,
      ),
    );
  }
  return out;
}

/** A test of a pattern; one that may backtrack without bound sees only text of bounded length. */
export function patternTest(
  scope: Pick<Scope, "unit" | "base">,
  pattern: Pattern,
  text: Code,
): Code {
  const constant = scope.unit.constant(
    `${constantCase(scope.base)}_PATTERN`,
    `${scope.base} pattern ${pattern.flags} ${pattern.source}`,
    (name) =>
      assign(ts`const ${name}`, regex(pattern.source, pattern.flags), "fluid"),
  );
  return pattern.unsafe
    ? call(rt.safeTest, [constant, text])
    : call(ts`${constant}.test`, [text]);
}

export function checkNumber(
  scope: Scope,
  facet: NumberFacet,
  { value, place }: Target,
): Statement[] {
  const out: Statement[] = [];
  const bound = (condition: Code, code: string, limit: number) =>
    out.push(failWhen(scope, condition, place, code, ts`${limit}`));
  const { min, max, exclusiveMin, exclusiveMax } = facet;
  if (min !== undefined) bound(ts`${value} < ${min}`, "minimum", min);
  if (max !== undefined) bound(ts`${value} > ${max}`, "maximum", max);
  if (exclusiveMin !== undefined) {
    bound(ts`${value} <= ${exclusiveMin}`, "exclusiveMinimum", exclusiveMin);
  }
  if (exclusiveMax !== undefined) {
    bound(ts`${value} >= ${exclusiveMax}`, "exclusiveMaximum", exclusiveMax);
  }
  for (const divisor of facet.multipleOf ?? []) {
    bound(
      ts`!${call(rt.isMultipleOf, [value, ts`${divisor}`])}`,
      "multipleOf",
      divisor,
    );
  }
  if (facet.format === "int32" || facet.format === "int64") {
    const test = facet.format === "int32" ? rt.isInt32 : rt.isInt64;
    out.push(
      failWhen(
        scope,
        ts`!${call(test, [value])}`,
        place,
        "format",
        ts`${facet.format}`,
      ),
    );
  }
  return out;
}

/** `enum` and `const`. `narrowed`: the type that the value is known to have here, so that others cannot be compared. */
export function checkValues(
  scope: Scope,
  schema: Schema,
  { value, place }: Target,
  narrowed?: JsonType,
): Statement[] {
  if (schema.values === undefined) return [];
  const values = schema.values.filter(
    (each) => narrowed === undefined || matches(narrowed, each),
  );
  const code = schema.constant ? "const" : "enum";
  const scalars = values.filter(isScalar);
  const others = values.filter((each) => !isScalar(each));
  const conditions: Code[] = [];
  let limit: Limit | undefined;
  if (scalars.length === 1 || (scalars.length > 1 && scalars.length <= 3)) {
    conditions.push(...scalars.map((each) => differs(value, ts`${each}`)));
    limit =
      code === "const" && others.length === 0
        ? ts`${scalars[0] ?? null}`
        : scalars.map((each) => ts`${each}`);
  } else if (scalars.length > 3) {
    const constant = valueSet(scope, scalars);
    conditions.push(ts`!${call(ts`${constant}.has`, [value])}`);
    limit = constant;
  }
  conditions.push(
    ...others.map((each) => ts`!${call(rt.isEqual, [value, json(each)])}`),
  );
  if (conditions.length === 0) conditions.push(ts`true`);
  return [
    failWhen(
      scope,
      all(conditions),
      place,
      code,
      others.length > 0 ? undefined : limit,
    ),
  ];
}

/** A hoisted set of scalars: one look-up however many there are. */
export function valueSet(
  scope: Scope,
  values: readonly (string | number | boolean | null)[],
): Code {
  return scope.unit.constant(
    `${constantCase(scope.base)}_VALUES`,
    `${scope.base} set ${JSON.stringify(values)}`,
    (name) =>
      assign(
        ts`const ${name}: ReadonlySet<unknown>`,
        callWithList(
          ts`new Set`,
          [],
          values.map((each) => ts`${each}`),
          values.length > 1 && values.every((each) => typeof each === "number"),
        ),
      ),
  );
}

function isScalar(value: Json): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}

function matches(narrowed: JsonType, value: Json): boolean {
  const type = typeOf(value);
  return type === narrowed || (narrowed === "number" && type === "integer");
}

/** `GetBook` → `GET_BOOK`. */
export function constantCase(pascal: string): string {
  return pascal.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
}
