/** Room `emit`: the request body in an operation's description: codecs by media type, and the limit. */
import type { Media, Operation } from "../model/api.js";
import type { Json, JsonObject } from "../load/document.js";
import type { Schema } from "../model/schema.js";
import type { OperationNames } from "../name/layout.js";
import { type BodyPlan, planBody } from "./body-plan.js";
import { Locals } from "./check/locals.js";
import { checkSchema } from "./check/schema.js";
import { render, type Scope, soleReference } from "./check/scope.js";
import { type Code, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { shapeOf } from "./param/shape.js";
import { rtType } from "./runtime-symbols.js";
import {
  block,
  json,
  list,
  objectLiteral,
  property,
  propertyKey,
  usedParameters,
} from "./syntax.js";
import type { SourceUnit } from "./unit.js";

export function bodyMember(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
  names: OperationNames,
): Code | undefined {
  const { body } = operation;
  if (!body || body.media.length === 0) return undefined;
  const scope: Scope = {
    mode: "report",
    unit,
    layout: context.layout,
    locals: new Locals(),
    base: names.pascal,
    functionOf: context.functionOf,
    model: context.model,
  };
  const plans = body.media.map((media) => planBody(context, media));
  const media = body.media.map((each, at) => {
    const plan = plans[at];
    return ts`${propertyKey(each.type)}: ${plan ? codec(scope, plan) : ts`${"bytes"}`}`;
  });
  const members = [
    ts`required: ${body.required}`,
    ts`media: ${objectLiteral(media)}`,
  ];
  const declares = operation.answers.some(
    (answer) => answer.status === context.validationStatus,
  );
  if (context.validationStatus !== 400 && declares) {
    members.push(ts`invalid: ${context.validationStatus}`);
  }
  const limit = body.limit ?? lengthLimit(plans);
  if (limit !== undefined) members.push(ts`limit: ${limit}`);
  return objectLiteral(members);
}

/** `maxLength` of binary content is a number of bytes. */
function lengthLimit(plans: readonly BodyPlan[]): number | undefined {
  const limits = plans.map(({ kind, schema }) =>
    kind === "bytes" ? schema.string?.max : undefined,
  );
  const known = limits.filter((each) => each !== undefined);
  return known.length === limits.length ? Math.max(...known) : undefined;
}

function codec(scope: Scope, plan: BodyPlan): Code {
  switch (plan.kind) {
    case "form":
      return compact(plan.data);
    case "lines":
      return linesCodec(scope, plan.schema);
    case "multipart":
      return multipartCodec(scope, plan.data, plan.headers);
    default:
      return ts`${plan.kind}`;
  }
}

function linesCodec(scope: Scope, item: Schema): Code {
  const check = checkFunction(scope, item, `check${scope.base}Item`);
  return objectLiteral([
    ts`codec: ${"lines"}`,
    ...(check ? [ts`check: ${check}`] : []),
  ]);
}

function multipartCodec(
  scope: Scope,
  data: JsonObject,
  headers: readonly { part: string; schema: Schema }[],
): Code {
  if (headers.length === 0) return compact(data);
  const declared = headers.flatMap(({ part, schema }) => {
    const check = checkFunction(scope, schema, `check${scope.base}Headers`);
    if (!check) return [];
    const shape = compact(shapeOf(scope, schema));
    const members = objectLiteral([
      property("shape", shape),
      ts`check: ${check}`,
    ]);
    return [property(part, members)];
  });
  return objectLiteral([
    ...Object.entries(data).map(([key, value]) =>
      property(key, compact(value)),
    ),
    ts`headers: ${objectLiteral(declared)}`,
  ]);
}

/** As `json`, but an object stands on one line where it fits. */
function compact(value: Json): Code {
  if (Array.isArray(value)) return list(value.map(compact));
  if (typeof value !== "object" || value === null) return json(value);
  const members = Object.entries(value);
  return objectLiteral(
    members.map(([key, member]) => property(key, compact(member))),
  );
}

/** A function of value, place and issues: the model's, or one that is written for this place. None: nothing is asserted. */
export function checkFunction(
  scope: Scope,
  schema: Schema,
  wanted: string,
): Code | undefined {
  const reference = soleReference(schema);
  if (reference !== undefined) return scope.functionOf(reference, "check");
  const inner: Scope = { ...scope, mode: "report", locals: new Locals() };
  const value = name("value");
  const statements = render(
    inner,
    checkSchema(inner, schema, { value, place: [name("at")] }),
  );
  if (statements.length === 0) return undefined;
  const free = scope.unit.declare(wanted);
  const signature = usedParameters(
    [
      { name: "value", type: ts`unknown` },
      { name: "at", type: ts`string` },
      { name: "issues", type: rtType.Issues },
    ],
    statements,
  );
  scope.unit.add(
    ts`function ${name(free)}${signature}: void ${block(statements)}`,
  );
  return name(free);
}

/** Media types of one body that a handler need not tell apart: the value and its checks are the same. */
export function isOneValue(
  context: Pick<EmitContext, "model">,
  media: readonly Media[],
): boolean {
  if (media.length < 2) return true;
  const keys = media.map((each) => {
    const plan = planBody(context, each);
    const files = plan.kind === "multipart" ? plan.files : [];
    const kind = ["form", "multipart", "list"].includes(plan.kind)
      ? "json"
      : plan.kind;
    return JSON.stringify([kind, plan.schema, files], (key, value: unknown) =>
      key === "origin" || key === "doc" || key === "examples"
        ? undefined
        : value,
    );
  });
  return new Set(keys).size === 1;
}
