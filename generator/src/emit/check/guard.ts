/** Room `emit/check`: yes-or-no questions about a value, for unions, `not`, `if` and `contains`. */
import type { JsonType, Schema } from "../../model/schema.js";
import { type Code, name, ts } from "../code.js";
import { block, call, usedParameters } from "../syntax.js";
import { Locals } from "./locals.js";
import { checkSchema } from "./schema.js";
import {
  hasOwnAssertions,
  render,
  type Scope,
  soleReference,
} from "./scope.js";
import { isAnyType } from "./types.js";

/** Code that is true when the value is valid. */
export function isValid(scope: Scope, schema: Schema, value: Code): Code {
  const types = onlyTypes(schema);
  if (types && types.length === 1) return isAnyType(types, value);
  return call(guardOf(scope, schema), [value]);
}

/** A function of one value: the model's guard, or one that is written for this place. */
export function guardOf(scope: Scope, schema: Schema): Code {
  const reference = soleReference(schema);
  if (reference !== undefined) return scope.functionOf(reference, "is");
  const free = scope.unit.declare(`is${scope.base}Case1`);
  const value = name("value");
  const inner: Scope = { ...scope, mode: "answer", locals: new Locals() };
  const statements = render(
    inner,
    checkSchema(inner, schema, { value, place: [] }),
  );
  scope.unit.add(guardFunction(free, statements));
  return name(free);
}

/** `function isX(value: unknown): boolean { … return true; }` */
export function guardFunction(
  identifier: string,
  statements: readonly Code[],
): Code {
  const never = statements.some(
    (code) => code.kind === "text" && code.text === "return false;",
  );
  const signature = usedParameters(
    [{ name: "value", type: ts`unknown` }],
    statements,
  );
  const last = never ? [] : [ts`return true;`];
  return ts`function ${name(identifier)}${signature}: boolean ${block([...statements, ...last])}`;
}

/** The types of a schema that asserts nothing else. */
function onlyTypes(schema: Schema): readonly JsonType[] | undefined {
  if (schema.types === undefined || schema.refs.length > 0) return undefined;
  const { types, ...rest } = schema;
  return hasOwnAssertions(rest) ? undefined : types;
}
