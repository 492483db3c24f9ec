/** Room `emit/check`: `unevaluatedProperties` and `unevaluatedItems` (JSON Schema 2020-12, core, section 11). */
import type {
  Field,
  ModelId,
  ObjectFacet,
  Schema,
} from "../../model/schema.js";
import { type Code, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { all, block, call, forIndex } from "../syntax.js";
import { loop } from "./array.js";
import { markSchema } from "./mark.js";
import { isUndeclared, membersLoop } from "./object.js";
import { belowDynamic } from "./place.js";
import { checkSchema } from "./schema.js";
import {
  fail,
  plain,
  provided,
  render,
  type Scope,
  type Statement,
  type Target,
} from "./scope.js";
import { isType } from "./types.js";

export function checkUnevaluated(
  scope: Scope,
  schema: Schema,
  target: Target,
): Statement[] {
  const out: Statement[] = [];
  if (schema.unevaluatedProperties) {
    const statements = checkProperties(
      scope,
      schema,
      schema.unevaluatedProperties,
      target,
    );
    out.push(...onlyFor("object", scope, target, statements));
  }
  if (schema.unevaluatedItems) {
    const statements = checkItems(
      scope,
      schema,
      schema.unevaluatedItems,
      target,
    );
    out.push(...onlyFor("array", scope, target, statements));
  }
  return out;
}

function onlyFor(
  type: "object" | "array",
  scope: Scope,
  target: Target,
  statements: readonly Statement[],
): Statement[] {
  if (target.known === type) return [...statements];
  if (target.known !== undefined) return [];
  return provided(scope, isType(type, target.value), statements);
}

function checkProperties(
  scope: Scope,
  schema: Schema,
  rest: Schema,
  { value, place }: Target,
): Statement[] {
  const key = scope.locals.claim("key");
  const item = scope.locals.claim("item");
  const at = belowDynamic(place, call(rt.pointer, [key]));
  const statements = rest.never
    ? [plain(fail(scope, at, "unevaluatedProperties"))]
    : checkSchema(scope, rest, { value: item, place: at });
  if (statements.length === 0) return [];
  const declared = declaredMembers(scope, schema);
  if (declared === "all") return [];
  if (declared) {
    const conditions = isUndeclared(scope, declared, key);
    const body =
      conditions.length === 0
        ? statements
        : provided(scope, all(conditions), statements);
    return membersLoop(scope, value, key, item, !rest.never, body);
  }
  const seen = scope.locals.claim("evaluated");
  return [
    plain(ts`const ${seen} = new ${rt.Evaluated}();`),
    ...markSchema(scope, withoutUnevaluated(schema), value, seen),
    ...membersLoop(
      scope,
      value,
      key,
      item,
      !rest.never,
      provided(scope, ts`!${seen}.hasProperty(${key})`, statements),
    ),
  ];
}

function checkItems(
  scope: Scope,
  schema: Schema,
  rest: Schema,
  { value, place }: Target,
): Statement[] {
  const index = scope.locals.claim("i");
  const item = scope.locals.claim("item");
  const at = belowDynamic(place, index);
  const statements = rest.never
    ? [plain(fail(scope, at, "unevaluatedItems"))]
    : checkSchema(scope, rest, { value: item, place: at });
  if (statements.length === 0) return [];
  const seen = scope.locals.claim("evaluated");
  const body = provided(scope, ts`!${seen}.hasItem(${index})`, statements);
  return [
    plain(ts`const ${seen} = new ${rt.Evaluated}();`),
    ...markSchema(scope, withoutUnevaluated(schema), value, seen),
    ...(rest.never
      ? [plain(forIndex(index, 0, ts`${value}.length`, blockOf(scope, body)))]
      : loop(scope, value, index, item, 0, body)),
  ];
}

function blockOf(scope: Scope, body: readonly Statement[]): Code {
  return block(render(scope, body));
}

/** The keyword speaks of what the others of its schema leave over. */
function withoutUnevaluated(schema: Schema): Schema {
  const { unevaluatedItems, unevaluatedProperties, ...rest } = schema;
  return unevaluatedItems || unevaluatedProperties ? rest : schema;
}

type Declared = Pick<ObjectFacet, "fields" | "patterns">;

/** The members that are always evaluated, when nothing depends on the value: then no run-time bookkeeping is needed. */
function declaredMembers(
  scope: Scope,
  schema: Schema,
  seen: Map<ModelId, "open" | "counted"> = new Map(),
): Declared | "all" | undefined {
  if (schema.unions.length > 0 || schema.condition) return undefined;
  const { object } = schema;
  if (object && object.dependentSchemas.length > 0) return undefined;
  if (object?.rest) return "all";
  const fields: Field[] = [...(object?.fields ?? [])];
  const patterns = [...(object?.patterns ?? [])];
  const parts: (Declared | "all" | undefined)[] = schema.all.map((part) =>
    part.unevaluatedProperties ? "all" : declaredMembers(scope, part, seen),
  );
  for (const id of schema.refs) {
    const before = seen.get(id);
    if (before === "open") return undefined;
    if (before === "counted") continue;
    seen.set(id, "open");
    const target = scope.model(id).schema;
    parts.push(
      target.unevaluatedProperties
        ? "all"
        : declaredMembers(scope, target, seen),
    );
    seen.set(id, "counted");
  }
  for (const part of parts) {
    if (part === undefined) return undefined;
    if (part === "all") return "all";
    fields.push(...part.fields);
    patterns.push(...part.patterns);
  }
  return { fields, patterns };
}
