/** Parameter definitions and values at random, with an encoder of its own for each style (RFC 6570; OpenAPI, Style Values). */
import fc from "fast-check";
import type { JsonObject } from "../../generator/src/load/document.js";
import type { WireRequest } from "./served-document.js";

type Scalar = string | number | boolean;
export type Value = Scalar | Scalar[] | { [name: string]: Scalar };

export interface RandomParameter {
  in: "path" | "query" | "header" | "cookie";
  style: string;
  explode: boolean;
  shape: "scalar" | "array" | "object";
  type: "string" | "integer" | "number" | "boolean";
}

const STYLES = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form", "cookie"],
} as const;

const SHAPES = ["scalar", "array", "object"] as const;
const TYPES = ["string", "integer", "number", "boolean"] as const;

/** Names that a careless reader takes for something else. */
export const MEMBERS = ["R", "constructor", "toString", "b-c"];
export const NAME = "color";

/** Every combination that the specification defines. */
export function definedParameters(): RandomParameter[] {
  const all: RandomParameter[] = [];
  for (const place of ["path", "query", "header", "cookie"] as const) {
    for (const style of STYLES[place]) {
      for (const explode of [false, true]) {
        for (const shape of SHAPES) {
          for (const type of TYPES) {
            const each = { in: place, style, explode, shape, type };
            if (isDefined(each)) all.push(each);
          }
        }
      }
    }
  }
  return all;
}

function isDefined(parameter: RandomParameter): boolean {
  const { style, explode, shape } = parameter;
  if (style === "deepObject") return shape === "object";
  if (style.endsWith("Delimited")) return shape !== "scalar" && !explode;
  const isForm = parameter.in === "cookie" && style === "form";
  return !(isForm && explode && shape !== "scalar");
}

export function definition(parameter: RandomParameter): JsonObject {
  const { in: place, style, explode, shape, type } = parameter;
  const schemas: Record<typeof shape, JsonObject> = {
    scalar: { type },
    array: { type: "array", items: { type } },
    object: {
      type: "object",
      properties: Object.fromEntries(MEMBERS.map((name) => [name, { type }])),
    },
  };
  return {
    name: NAME,
    in: place,
    required: place === "path",
    style,
    explode,
    schema: schemas[shape],
  };
}

export function valuesOf(parameter: RandomParameter): fc.Arbitrary<Value> {
  const scalar = scalarsOf(parameter);
  if (parameter.shape === "scalar") {
    // An empty segment matches no path.
    return parameter.style === "simple" && parameter.in === "path"
      ? scalar.filter((value) => value !== "")
      : scalar;
  }
  if (parameter.shape === "array") {
    // No list is sent for an empty one; one empty text alone is read as an empty list where it is not repeated.
    return fc
      .array(scalar, { minLength: 1, maxLength: 5 })
      .filter((list) => list.length > 1 || list[0] !== "");
  }
  return fc
    .uniqueArray(fc.constantFrom(...MEMBERS), { minLength: 1 })
    .chain((names) =>
      fc
        .array(scalar, { minLength: names.length, maxLength: names.length })
        .map((values) =>
          Object.fromEntries(
            names.map((name, index): [string, Scalar] => [
              name,
              values[index] ?? "",
            ]),
          ),
        ),
    );
}

function scalarsOf({
  in: place,
  style,
  type,
}: RandomParameter): fc.Arbitrary<Scalar> {
  switch (type) {
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.maxSafeInteger();
    case "number":
      return fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((value) => (value === 0 ? 0 : value));
    case "string":
      // Headers and the cookies of 3.2 have no escapes: only what needs none can be sent.
      if (place === "header" || style === "cookie") {
        return fc.stringMatching(/^[A-Za-z0-9%_.~-]{0,12}$/);
      }
      return fc
        .string({ unit: "grapheme", maxLength: 12 })
        .filter((text) => !/\0/.test(text))
        .filter((text) => !style.endsWith("Delimited") || !/[ |]/.test(text));
  }
}

/** Everything but letters and digits is escaped, separators in values included. */
function escaped(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

function text(value: Scalar): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The request that carries the value, below a path prefix. */
export function encode(
  parameter: RandomParameter,
  prefix: string,
  value: Value,
): WireRequest {
  const { in: place, style } = parameter;
  const isRaw = place === "header" || style === "cookie";
  const write = (each: Scalar | string): string =>
    isRaw ? text(each) : escaped(text(each));
  const name = isRaw ? NAME : escaped(NAME);
  switch (place) {
    case "path":
      return { target: `${prefix}/${pathText(parameter, value, write)}` };
    case "header":
      return {
        target: prefix,
        headers: [NAME, joined(parameter, value, write, ",")],
      };
    case "cookie":
      return {
        target: prefix,
        headers: ["Cookie", pairs(parameter, name, value, write).join("; ")],
      };
    case "query":
      return {
        target: `${prefix}?${pairs(parameter, name, value, write).join("&")}`,
      };
  }
}

type Write = (each: Scalar | string) => string;

/** `a,b`, `R,1,G,2` or `R=1,G=2`. */
function joined(
  { explode }: RandomParameter,
  value: Value,
  write: Write,
  separator: string,
): string {
  if (Array.isArray(value)) return value.map(write).join(separator);
  if (typeof value !== "object") return write(value);
  return Object.entries(value)
    .map(([name, each]) => [write(name), write(each)])
    .map((pair) => pair.join(explode ? "=" : separator))
    .join(separator);
}

function pathText(
  parameter: RandomParameter,
  value: Value,
  write: Write,
): string {
  const { style, explode } = parameter;
  if (style === "simple") return joined(parameter, value, write, ",");
  if (style === "label") {
    return `.${joined(parameter, value, write, explode ? "." : ",")}`;
  }
  // Matrix: `;color=a;color=b` or `;R=1;G=2`, and without `=` when there is nothing behind it.
  const named = (name: string, each: string): string =>
    each === "" ? `;${name}` : `;${name}=${each}`;
  if (!explode) return named(NAME, joined(parameter, value, write, ","));
  if (Array.isArray(value)) {
    return value.map((each) => named(NAME, write(each))).join("");
  }
  if (typeof value !== "object") return named(NAME, write(value));
  return Object.entries(value)
    .map(([name, each]) => `;${write(name)}=${write(each)}`)
    .join("");
}

/** `name=value` pairs of a query or a cookie. */
function pairs(
  parameter: RandomParameter,
  name: string,
  value: Value,
  write: Write,
): string[] {
  const { style, explode } = parameter;
  if (style === "deepObject") {
    return Object.entries(value).map(
      ([key, each]) => `${name}%5B${write(key)}%5D=${write(each)}`,
    );
  }
  if (explode && Array.isArray(value)) {
    return value.map((each) => `${name}=${write(each)}`);
  }
  if (explode && typeof value === "object" && !Array.isArray(value)) {
    return Object.entries(value).map(
      ([key, each]) => `${write(key)}=${write(each)}`,
    );
  }
  const separators: Record<string, string> = {
    spaceDelimited: "%20",
    pipeDelimited: "%7C",
  };
  return [
    `${name}=${joined(parameter, value, write, separators[style] ?? ",")}`,
  ];
}
