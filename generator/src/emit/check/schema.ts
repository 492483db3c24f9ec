/** Room `emit/check`: everything one schema asserts, in the order in which a reader would ask. */
import type { JsonType, Schema } from "../../model/schema.js";
import { name, ts } from "../code.js";
import { type Arm, call } from "../syntax.js";
import { checkArray } from "./array.js";
import { isValid } from "./guard.js";
import { checkObject } from "./object.js";
import { placeCode } from "./place.js";
import { checkNumber, checkString, checkValues } from "./scalar.js";
import {
  checkOf,
  fail,
  failWhen,
  hasOwnAssertions,
  plain,
  render,
  type Limit,
  type Scope,
  type Statement,
  type Target,
  unless,
} from "./scope.js";
import { isNoneOfTypes, isNotType, isType, typeOf } from "./types.js";
import { checkUnevaluated } from "./unevaluated.js";
import { checkUnion } from "./union.js";

/** Statements that check the value. None: the schema asserts nothing. */
export function checkSchema(
  scope: Scope,
  schema: Schema,
  target: Target,
): Statement[] {
  if (schema.never) return [plain(fail(scope, target.place, "never"))];
  if (!hasOwnAssertions(schema) && schema.refs.length === 0) return [];
  const types = simplify(schema.types);
  const [only] = types ?? [];
  if (target.known !== undefined) {
    return checkKnown(scope, schema, types, target, target.known);
  }
  if (types?.length === 1 && only) {
    return checkSingle(scope, schema, only, target);
  }
  const values = checkValues(scope, allowed(schema, types), target);
  const facets = types
    ? checkTypes(scope, schema, types, target)
    : checkFacets(scope, schema, target);
  return [...facets, ...values, ...checkComposites(scope, schema, target)];
}

/** The type is known already: only what is said about this type remains. */
function checkKnown(
  scope: Scope,
  schema: Schema,
  types: readonly JsonType[] | undefined,
  target: Target,
  known: JsonType,
): Statement[] {
  const includes =
    types === undefined ||
    types.includes(known) ||
    (known === "integer" && types.includes("number"));
  if (!includes) {
    if (known === "number" && types.includes("integer")) {
      return checkSingle(scope, schema, "integer", target);
    }
    return [plain(fail(scope, target.place, "type", typesLimit(types)))];
  }
  return [
    ...checkValues(scope, schema, target, known),
    ...checkFacet(scope, schema, known, target),
    ...checkComposites(scope, schema, target),
  ];
}

function checkSingle(
  scope: Scope,
  schema: Schema,
  type: JsonType,
  target: Target,
): Statement[] {
  const inside = { ...target, known: type };
  const inner = [
    ...checkValues(scope, schema, target, type),
    ...checkFacet(scope, schema, type, inside),
    ...checkComposites(scope, schema, inside),
  ];
  // A guard that compares with values of the type has tested the type by that.
  const implied =
    scope.mode === "answer" &&
    schema.values !== undefined &&
    schema.values.length > 0 &&
    schema.values.every((each) => each === null || typeof each !== "object") &&
    inner.length === 1;
  if (implied) return inner;
  return unless(
    scope,
    isNotType(type, target.value),
    [fail(scope, target.place, "type", ts`${type}`)],
    inner,
  );
}

/** Several types: what is said about each, and a fault for all others. */
function checkTypes(
  scope: Scope,
  schema: Schema,
  types: readonly JsonType[],
  target: Target,
): Statement[] {
  const { arms, covered } = facetArms(scope, schema, types, target);
  const bare = types.filter((type) => !covered.has(type));
  const fault = fail(scope, target.place, "type", typesLimit(types));
  if (bare.length === 0) {
    return [{ kind: "chain", arms: [...arms, { body: [fault] }] }];
  }
  const condition = isNoneOfTypes(bare, target.value);
  return [{ kind: "chain", arms: [...arms, { condition, body: [fault] }] }];
}

/** No type is demanded: what is said about a type holds if the value has it. */
function checkFacets(
  scope: Scope,
  schema: Schema,
  target: Target,
): Statement[] {
  const { arms } = facetArms(
    scope,
    schema,
    ["string", "number", "array", "object"],
    target,
  );
  return arms.length > 0 ? [{ kind: "chain", arms }] : [];
}

function facetArms(
  scope: Scope,
  schema: Schema,
  types: readonly JsonType[],
  target: Target,
) {
  const covered = new Set<JsonType>();
  const arms: Arm[] = [];
  for (const type of types) {
    const inside = { ...target, known: type };
    const statements = checkFacet(scope, schema, type, inside);
    if (statements.length === 0) continue;
    covered.add(type);
    arms.push({
      condition: isType(type, target.value),
      body: render(scope, statements),
      block: true,
    });
  }
  return { arms, covered };
}

function checkFacet(
  scope: Scope,
  schema: Schema,
  type: JsonType,
  target: Target,
): Statement[] {
  switch (type) {
    case "string":
      return schema.string ? checkString(scope, schema.string, target) : [];
    case "number":
    case "integer":
      return schema.number ? checkNumber(scope, schema.number, target) : [];
    case "array":
      return schema.array ? checkArray(scope, schema.array, target) : [];
    case "object":
      return schema.object ? checkObject(scope, schema.object, target) : [];
    default:
      return [];
  }
}

/** References, `allOf`, unions, `not`, `if`, `unevaluated*`. */
function checkComposites(
  scope: Scope,
  schema: Schema,
  target: Target,
): Statement[] {
  const { value, place } = target;
  const out: Statement[] = [];
  for (const id of schema.refs) {
    if (scope.mode === "answer") {
      const valid = call(scope.functionOf(id, "is"), [value]);
      out.push(failWhen(scope, ts`!${valid}`, place, "$ref"));
    } else {
      const args = [value, placeCode(place), name("issues")];
      out.push(
        plain(ts`${call(scope.functionOf(id, checkOf(scope, id)), args)};`),
      );
    }
  }
  for (const part of schema.all) out.push(...checkSchema(scope, part, target));
  for (const union of schema.unions) {
    out.push(...checkUnion(scope, union, target));
  }
  if (schema.not) {
    out.push(failWhen(scope, isValid(scope, schema.not, value), place, "not"));
  }
  if (schema.condition) out.push(...checkCondition(scope, schema, target));
  out.push(...checkUnevaluated(scope, schema, target));
  return out;
}

function checkCondition(
  scope: Scope,
  { condition }: Schema,
  target: Target,
): Statement[] {
  if (!condition) return [];
  const branch = (schema: Schema | undefined) =>
    schema ? render(scope, checkSchema(scope, schema, target)) : [];
  const yes = branch(condition.yes);
  const no = branch(condition.no);
  if (yes.length === 0 && no.length === 0) return [];
  const test = isValid(scope, condition.test, target.value);
  if (yes.length === 0) {
    const arm: Arm = {
      condition: ts`!(${test})`,
      body: no,
      block: true,
    };
    return [{ kind: "chain", arms: [arm] }];
  }
  const arms: Arm[] = [{ condition: test, body: yes, block: true }];
  return [
    {
      kind: "chain",
      arms: no.length > 0 ? [...arms, { body: no, block: true }] : arms,
    },
  ];
}

/** `integer` beside `number` says nothing more. */
function simplify(
  types: readonly JsonType[] | undefined,
): JsonType[] | undefined {
  return types?.filter(
    (type) => type !== "integer" || !types.includes("number"),
  );
}

/** Values that the types do not allow can never match. */
function allowed(
  schema: Schema,
  types: readonly JsonType[] | undefined,
): Schema {
  if (!schema.values || !types) return schema;
  const values = schema.values.filter((value) => {
    const type = typeOf(value);
    return (
      types.includes(type) || (type === "integer" && types.includes("number"))
    );
  });
  return { ...schema, values };
}

function typesLimit(types: readonly JsonType[]): Limit {
  const [only] = types;
  return types.length === 1 && only
    ? ts`${only}`
    : types.map((type) => ts`${type}`);
}
