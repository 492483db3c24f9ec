/** Room `load`: the core schema of YAML 1.2 (section 10.3.2) and merge keys, for js-yaml. */
import type { Schema, Type } from "js-yaml";
import { finite } from "./finite.js";

type Yaml = typeof import("js-yaml");

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOL = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INT = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;

/** Own types, since js-yaml's core schema still reads YAML 1.1 numbers such as `1_000` and `0b1`. `.nan`, which JSON does not have, is a text. */
export function coreSchema(yaml: Yaml): Schema {
  const scalar = (
    tag: string,
    matches: (text: string) => boolean,
    construct: (text: string) => unknown,
  ): Type =>
    new yaml.Type(`tag:yaml.org,2002:${tag}`, {
      kind: "scalar",
      resolve: (data: unknown) => matches(textOf(data)),
      construct: (data: unknown) => construct(textOf(data)),
    });

  const implicit = [
    scalar(
      "null",
      (text) => NULL.test(text),
      () => null,
    ),
    scalar(
      "bool",
      (text) => BOOL.test(text),
      (text) => /^t/i.test(text),
    ),
    scalar(
      "int",
      (text) => INT.test(text),
      (text) => finite(Number(text)),
    ),
    scalar("float", (text) => FLOAT.test(text) || INFINITE.test(text), floatOf),
    mergeType(yaml),
  ];
  return yaml.FAILSAFE_SCHEMA.extend({ implicit });
}

function mergeType(yaml: Yaml): Type {
  return new yaml.Type("tag:yaml.org,2002:merge", {
    kind: "scalar",
    resolve: (data: unknown) => data === "<<" || data === null,
  });
}

function textOf(data: unknown): string {
  return typeof data === "string" ? data : "";
}

function floatOf(text: string): number {
  const isInfinite = INFINITE.test(text);
  return finite(
    isInfinite ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text),
  );
}
