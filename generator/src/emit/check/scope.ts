/** Room `emit/check`: what the emitter of one function knows, and the two ways in which a fault can be told. */
import type { Layout } from "../../name/layout.js";
import type { JsonType, Model, ModelId, Schema } from "../../model/schema.js";
import { type Code, name, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { all, type Arm, call, callWithList, chain } from "../syntax.js";
import type { SourceUnit } from "../unit.js";
import type { Locals } from "./locals.js";
import { type Place, placeCode } from "./place.js";

/**
 * `report`: every fault goes into `issues`, checking goes on. `answer`: the function is a guard, the first fault is
 * `return false`.
 */
export type Mode = "report" | "answer";

/** Which of a model's functions: reports faults, answers, marks evaluated members. */
export type ModelFunction = "check" | "checkSent" | "is" | "mark";

export interface Scope {
  mode: Mode;
  /** `output`: what answers are, instead of what requests are; nothing is filled in or dropped. */
  direction?: "output";
  /** Names of write-only members, for `direction`: wherever they are required, answers have none. */
  hidden?: ReadonlySet<string>;
  unit: SourceUnit;
  layout: Layout;
  locals: Locals;
  /** Base for names of helpers and constants of this function: `CreateOrder`. */
  base: string;
  /** The function of a model, whose emission it asks for. */
  functionOf(id: ModelId, which: ModelFunction): Code;
  model(id: ModelId): Model;
  /** The values are ones that the service sends: read-only members belong to them, write-only ones do not. */
  sent?: boolean;
}

/** The value that is looked at: a variable, where it stands, and what is known of its type. */
export interface Target {
  value: Code;
  place: Place;
  /** The type that the value has for certain here (tested before, or text from a path or query). */
  known?: JsonType;
  /** The same of its items, where it is a list of texts. */
  knownItems?: JsonType;
}

/** A statement, kept open where it is a chain of conditions, so that callers can put an arm before it. */
export type Statement =
  { kind: "plain"; code: Code } | { kind: "chain"; arms: Arm[] };

export function plain(code: Code): Statement {
  return { kind: "plain", code };
}

/** The scope of a loop's body: its variables are its own. */
export function nested(scope: Scope): Scope {
  return { ...scope, locals: scope.locals.nested() };
}

/** What happens on a fault. */
export function fail(
  scope: Scope,
  place: Place,
  code: string,
  limit?: Limit,
): Code {
  if (scope.mode === "answer") return ts`return false;`;
  const add = ts`${name("issues")}.add`;
  const args = [placeCode(place), ts`${code}`];
  if (limit === undefined) return ts`${call(add, args)};`;
  if (isCodeList(limit)) return ts`${callWithList(add, args, limit)};`;
  return ts`${call(add, [...args, limit])};`;
}

/** What a fault is measured by: a bound, or the list of what is allowed. */
export type Limit = Code | readonly Code[];

function isCodeList(limit: Limit): limit is readonly Code[] {
  return Array.isArray(limit);
}

/** `if (fault) …` */
export function failWhen(
  scope: Scope,
  condition: Code,
  place: Place,
  code: string,
  limit?: Limit,
): Statement {
  return {
    kind: "chain",
    arms: [{ condition, body: [fail(scope, place, code, limit)] }],
  };
}

/** Statements as code. In a guard an arm that returns needs no `else`. */
export function render(scope: Scope, statements: readonly Statement[]): Code[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "plain") return [statement.code];
    const arms = statement.arms.filter(
      (arm) => arm.body.length > 0 || arm.condition !== undefined,
    );
    if (scope.mode === "report" || arms.length < 2) return [chain(trim(arms))];
    return flatten(arms);
  });
}

/** Statements that run only when `condition` does not hold; when it does, `body` runs. */
export function unless(
  scope: Scope,
  condition: Code,
  body: readonly Code[],
  statements: readonly Statement[],
): Statement[] {
  const first: Arm = { condition, body };
  if (statements.length === 0) return [{ kind: "chain", arms: [first] }];
  if (scope.mode === "answer" && body.length > 0) {
    return [{ kind: "chain", arms: [first] }, ...statements];
  }
  const [only] = statements;
  if (statements.length === 1 && only?.kind === "chain") {
    return [{ kind: "chain", arms: [first, ...only.arms] }];
  }
  return [
    {
      kind: "chain",
      arms: [first, { body: render(scope, statements) }],
    },
  ];
}

/** Statements that run only when `condition` holds. */
export function provided(
  scope: Scope,
  condition: Code,
  statements: readonly Statement[],
): Statement[] {
  const [only] = statements;
  if (only === undefined) return [];
  if (statements.length === 1 && only.kind === "chain") {
    const [arm] = only.arms;
    if (only.arms.length === 1 && arm?.condition && !arm.either) {
      const both = all([condition, arm.condition]);
      return [{ kind: "chain", arms: [{ ...arm, condition: both }] }];
    }
  }
  const simple =
    statements.length === 1 && only.kind === "plain" && !only.code.hard;
  const body = render(scope, statements);
  const arm: Arm = { condition, body };
  return [{ kind: "chain", arms: [simple ? arm : { ...arm, block: true }] }];
}

/** An arm that tests and then does nothing, at the end, is no arm. */
function trim(arms: Arm[]): Arm[] {
  const last = arms.at(-1);
  return last && last.body.length === 0 ? arms.slice(0, -1) : arms;
}

function flatten(arms: readonly Arm[]): Code[] {
  const out: Code[] = [];
  for (const [at, arm] of arms.entries()) {
    if (arm.condition === undefined) {
      out.push(...arm.body);
    } else if (returns(arm)) {
      out.push(chain([arm]));
    } else {
      // From here on the arms exclude one another by `else`.
      out.push(chain(trim(arms.slice(at))));
      return out;
    }
  }
  return out;
}

function returns(arm: Arm): boolean {
  const [only] = arm.body;
  return (
    arm.body.length === 1 &&
    only?.kind === "text" &&
    only.text === "return false;"
  );
}

/** The check of a model: where the directions differ, each has its own. */
export function checkOf(scope: Scope, id: ModelId): "check" | "checkSent" {
  return scope.sent && scope.model(id).split ? "checkSent" : "check";
}

/** The value of a member that `Object.prototype` also has must be its own. */
export function memberValue(record: Code, key: string): Code {
  return INHERITED.has(key)
    ? call(rt.own, [record, ts`${key}`])
    : ts`${record}[${key}]`;
}

export const INHERITED: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "__proto__",
]);

/** The one reference that a schema is, when it asserts nothing else. */
export function soleReference(schema: Schema): ModelId | undefined {
  const [id] = schema.refs;
  if (schema.refs.length !== 1) return undefined;
  return hasOwnAssertions(schema) ? undefined : id;
}

export function hasOwnAssertions(schema: Schema): boolean {
  return (
    schema.never === true ||
    schema.types !== undefined ||
    schema.values !== undefined ||
    schema.string !== undefined ||
    schema.number !== undefined ||
    schema.array !== undefined ||
    schema.object !== undefined ||
    schema.all.length > 0 ||
    schema.unions.length > 0 ||
    schema.not !== undefined ||
    schema.condition !== undefined ||
    schema.unevaluatedItems !== undefined ||
    schema.unevaluatedProperties !== undefined
  );
}
