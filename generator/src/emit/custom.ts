/** Room `emit`: values that handlers see as types of the configuration: decoded after all checks, encoded by projections. */
import type { CustomValue, ModelId, Schema } from "../model/schema.js";
import type { Scope } from "./check/scope.js";
import { type Code, symbolCode, ts } from "./code.js";
import { rt } from "./runtime-symbols.js";
import { importSymbol } from "./symbol.js";
import { assign, call } from "./syntax.js";
import type { SourceUnit } from "./unit.js";

type Models = Pick<Scope, "model">;

/** The type that stands for a schema, or for the schema that it merely refers to. */
export function customOf(
  models: Models,
  schema: Schema,
): CustomValue | undefined {
  const seen = new Set<ModelId>();
  let next: Schema | undefined = schema;
  while (next) {
    if (next.custom) return next.custom;
    const [id]: ModelId[] = next.refs;
    if (id === undefined) {
      next = onlyBranch(next);
      continue;
    }
    if (next.refs.length !== 1 || seen.has(id)) break;
    seen.add(id);
    next = models.model(id).schema;
  }
  return undefined;
}

/** `anyOf` or `oneOf` of a schema and null, which is how "or nothing" is written; `allOf` of one. */
function onlyBranch({ unions, all }: Schema): Schema | undefined {
  const [union] = unions;
  const branches = unions.length === 1 && union ? union.of : [];
  const isNull = ({ types }: Schema) =>
    types?.length === 1 && types[0] === "null";
  const [only, ...others] = [
    ...branches.filter((each) => !isNull(each)),
    ...all,
  ];
  return others.length === 0 ? only : undefined;
}

/** The same, where the value on the wire is another than the handler's. */
export function convertedOf(
  models: Models,
  schema: Schema,
): CustomValue | undefined {
  const custom = customOf(models, schema);
  const isBuiltIn = custom?.module === undefined;
  return isBuiltIn || custom.parse !== undefined ? custom : undefined;
}

/** The function from the wire. */
export function decoderOf({ type, module, parse }: CustomValue): Code {
  if (module === undefined || parse === undefined) {
    return type === "Date" ? rt.parseDate : rt.parseBigint;
  }
  return symbolCode(importSymbol(module, parse));
}

/** A function of any value to the wire; what is on it already goes through. */
export function encoderOf(
  unit: SourceUnit,
  { key, type, module, serialize, wire }: CustomValue,
): Code {
  if (module === undefined || serialize === undefined) {
    if (type === "Date") return wire === "day" ? rt.encodeDay : rt.encodeDate;
    return wire === "text" ? rt.encodeBigintText : rt.encodeBigint;
  }
  const custom = symbolCode(importSymbol(module, serialize));
  return unit.constant(`encode${type}`, `encode ${key}`, (constant) =>
    assign(ts`const ${constant}`, call(rt.encoder, [custom])),
  );
}
