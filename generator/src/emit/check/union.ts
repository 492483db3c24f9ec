/** Room `emit/check`: `anyOf` and `oneOf`: by tag, by JSON type, else by asking every branch. */
import type { JsonType, Schema, Tag, Union } from "../../model/schema.js";
import { type Code, lines, ts } from "../code.js";
import { rt } from "../runtime-symbols.js";
import { all, type Arm, call } from "../syntax.js";
import { hasEffects } from "./effects.js";
import { isValid } from "./guard.js";
import { below } from "./place.js";
import { checkSchema } from "./schema.js";
import { valueSet } from "./scalar.js";
import {
  fail,
  failWhen,
  type Limit,
  hasOwnAssertions,
  memberValue,
  plain,
  provided,
  render,
  type Scope,
  type Statement,
  type Target,
  unless,
} from "./scope.js";
import {
  areDisjoint,
  isAnyType,
  isNoneOfTypes,
  isNotType,
  possibleTypes,
} from "./types.js";

type Types = ReadonlySet<JsonType>;

export function checkUnion(
  scope: Scope,
  union: Union,
  target: Target,
): Statement[] {
  const possible = union.of.map((branch) => possibleTypes(scope, branch));
  if (target.known !== undefined) {
    const left = union.of.filter((_, at) => canBe(possible[at], target.known));
    if (left.length < union.of.length) {
      return checkUnion(scope, withBranches(union, left), target);
    }
  }
  const [only] = union.of;
  const keyword = union.mode === "any" ? "anyOf" : "oneOf";
  if (!only) return [plain(fail(scope, target.place, keyword))];
  if (union.of.length === 1) return checkSchema(scope, only, target);
  const others = withoutNull(union, possible);
  if (others) {
    const inner = checkUnion(scope, withBranches(union, others), target);
    return provided(scope, isNotType("null", target.value), inner);
  }
  if (union.tag && isTagged(union, union.tag, possible)) {
    return checkTagged(scope, union, union.tag, target);
  }
  if (target.known === undefined && arePairwiseDisjoint(possible)) {
    return checkByType(scope, union, possible, target);
  }
  return checkEach(scope, union, target);
}

function canBe(types: Types | undefined, known: JsonType | undefined): boolean {
  return known !== undefined && types !== undefined
    ? !areDisjoint(types, new Set([known]))
    : true;
}

/** The branches beside the one that says `null`, where no other branch takes `null` as well (or it does not matter). */
function withoutNull(
  union: Union,
  possible: readonly Types[],
): Schema[] | undefined {
  const isNull = union.of.map(saysOnlyNull);
  const others = union.of.filter((_, at) => !isNull[at]);
  const exact =
    union.mode === "any" ||
    possible.every((types, at) => isNull[at] || !types.has("null"));
  return others.length === union.of.length - 1 && exact ? others : undefined;
}

function saysOnlyNull({ types, ...rest }: Schema): boolean {
  return (
    types?.length === 1 &&
    types[0] === "null" &&
    rest.refs.length === 0 &&
    !hasOwnAssertions(rest)
  );
}

/** The union without some branches; a tag keeps pointing at the right ones. */
function withBranches(union: Union, of: Schema[]): Union {
  const { tag, ...rest } = union;
  if (tag === undefined) return { ...rest, of };
  const moved = (branch: number) =>
    of.findIndex((each) => each === union.of[branch]);
  const { otherwise, ...named } = tag;
  return {
    ...rest,
    of,
    tag: {
      ...named,
      branches: tag.branches
        .map(({ value, branch }) => ({ value, branch: moved(branch) }))
        .filter(({ branch }) => branch >= 0),
      ...(otherwise === undefined || moved(otherwise) < 0
        ? {}
        : { otherwise: moved(otherwise) }),
    },
  };
}

/** Every branch is an object and has a tag value. */
function isTagged(union: Union, tag: Tag, possible: readonly Types[]): boolean {
  const named = new Set(tag.branches.map(({ branch }) => branch));
  if (tag.otherwise !== undefined) named.add(tag.otherwise);
  return union.of.every((_, at) => {
    const types = possible[at];
    const isObject = types?.size === 1 && types.has("object");
    return named.has(at) && (tag.declared || isObject);
  });
}

/** Looks at the tag and checks one branch: its faults are the ones that help. */
function checkTagged(
  scope: Scope,
  union: Union,
  tag: Tag,
  target: Target,
): Statement[] {
  const { value, place } = target;
  const at = below(place, tag.property);
  const inside: Target = { ...target, known: "object" };
  const byBranch = new Map<number, string[]>();
  for (const { value: text, branch } of tag.branches) {
    byBranch.set(branch, [...(byBranch.get(branch) ?? []), text]);
  }
  const cases = [...byBranch].map(([branch, texts]) => {
    const schema = union.of[branch];
    const body = schema
      ? render(scope, checkSchema(scope, schema, inside))
      : [];
    const labels = texts.map((text) => ts`case ${text}:`);
    return ts`${lines(labels)}
  ${lines([...body, ts`break;`])}`;
  });
  const allowed = tag.branches.map((each) => each.value);
  const limit = () =>
    allowed.length > 3
      ? valueSet(scope, allowed)
      : allowed.map((each) => ts`${each}`);
  const otherwise =
    tag.otherwise === undefined ? undefined : union.of[tag.otherwise];
  const last = otherwise
    ? [...render(scope, checkSchema(scope, otherwise, inside)), ts`break;`]
    : [failAllowed(scope, at, tag, limit)];
  const dispatch = ts`switch (${memberValue(value, tag.property)}) {
  ${lines(cases)}
  default:
    ${lines(last)}
}`;
  const missing = ts`${memberValue(value, tag.property)} === undefined`;
  const tagged = otherwise
    ? [plain(dispatch)]
    : unless(scope, missing, [fail(scope, at, "required")], [plain(dispatch)]);
  return unless(
    scope,
    isNotType("object", value),
    [fail(scope, place, "type", ts`${"object"}`)],
    tagged,
  );
}

/** A guard needs no list of what is allowed. */
function failAllowed(
  scope: Scope,
  at: Target["place"],
  tag: Tag,
  limit: () => Limit,
): Code {
  const keyword = tag.declared ? "discriminator" : "enum";
  return scope.mode === "answer"
    ? fail(scope, at, keyword)
    : fail(scope, at, keyword, limit());
}

function arePairwiseDisjoint(types: readonly ReadonlySet<string>[]): boolean {
  return types.every((a, at) =>
    types.slice(at + 1).every((b) => areDisjoint(a as never, b as never)),
  );
}

/** Branches that no value can share by its type: the type says which one to check. */
function checkByType(
  scope: Scope,
  union: Union,
  types: readonly Types[],
  target: Target,
): Statement[] {
  const { value, place } = target;
  const arms: Arm[] = [];
  const free: JsonType[] = [];
  const every: JsonType[] = [];
  for (const [at, branch] of union.of.entries()) {
    const own = [...(types[at] ?? [])];
    const [type] = own;
    if (type === undefined) continue;
    every.push(...own);
    const known = own.length === 1 ? { ...target, known: type } : target;
    const body = render(scope, checkSchema(scope, branch, known));
    if (body.length === 0) free.push(...own);
    else arms.push({ condition: isAnyType(own, value), body, block: true });
  }
  const limit = every.map((each) => ts`${each}`);
  const fault = [fail(scope, place, "type", limit)];
  arms.push(
    free.length === 0
      ? { body: fault }
      : { condition: isNoneOfTypes(free, value), body: fault },
  );
  return [{ kind: "chain", arms }];
}

/** No short cut: every branch is asked. */
function checkEach(scope: Scope, union: Union, target: Target): Statement[] {
  const { value, place } = target;
  const keyword = union.mode === "any" ? "anyOf" : "oneOf";
  const answers = union.of.map((branch) => isValid(scope, branch, value));
  const out: Statement[] = [];
  if (union.mode === "any") {
    out.push(failWhen(scope, all(answers.map(negate)), place, keyword));
  } else {
    const valid = call(rt.exactlyOne, answers);
    out.push(failWhen(scope, ts`!${valid}`, place, keyword));
  }
  if (scope.mode === "report" && scope.direction === undefined) {
    for (const [at, branch] of union.of.entries()) {
      const answer = answers[at];
      if (answer && hasEffects(scope, branch)) {
        const statements = checkSchema(scope, branch, target);
        out.push(...provided(scope, answer, statements));
      }
    }
  }
  return out;
}

/** `isX(value)` → `!isX(value)`; `value === null` → `!(value === null)`. */
function negate(answer: Code): Code {
  return isCall(answer) ? ts`!${answer}` : ts`!(${answer})`;
}

function isCall(code: Code): boolean {
  if (code.kind !== "concat") return false;
  const last = code.parts.at(-1);
  return last?.kind === "group";
}
