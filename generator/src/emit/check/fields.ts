/** Room `emit/check`: the declared members of an object. */
import type { Field, ObjectFacet, Schema } from "../../model/schema.js";
import { convertedOf, decoderOf } from "../custom.js";
import { type Code, name, ts } from "../code.js";
import { block, call, callWithJson, destructure, json } from "../syntax.js";
import { decodes } from "./decodes.js";
import { effectiveDefault, subschemas } from "./effects.js";
import { below } from "./place.js";
import { checkSchema } from "./schema.js";
import {
  fail,
  INHERITED,
  memberValue,
  nested,
  plain,
  provided,
  render,
  type Scope,
  type Statement,
  type Target,
  unless,
} from "./scope.js";

type Member = Pick<Field, "name" | "required"> & { schema?: Schema };

/** Schemas whose checks stand in one function: the compiler follows no more than about 2,000 branches (TS2563). */
const MOST_IN_ONE = 300;

export function checkFields(
  scope: Scope,
  facet: ObjectFacet,
  target: Target,
): Statement[] {
  const declared = new Set(facet.fields.map((field) => field.name));
  const required = facet.required.filter(
    (key) => !declared.has(key) && !scope.hidden?.has(key),
  );
  const members: Member[] = [
    ...facet.fields,
    ...required.map((key) => ({ name: key, required: true })),
  ].filter((member) => !isNeverSent(scope, member));
  const sections = sectionsOf(members);
  if (sections.length < 2) return checkMembers(scope, members, target);
  return sections.flatMap((section) => checkSection(scope, section, target));
}

function sectionsOf(members: readonly Member[]): Member[][] {
  const sections: Member[][] = [];
  let room = 0;
  for (const member of members) {
    const weight = member.schema ? weightOf(member.schema) : 1;
    if (weight > room || sections.length === 0) {
      sections.push([]);
      room = MOST_IN_ONE;
    }
    sections.at(-1)?.push(member);
    room -= weight;
  }
  return sections;
}

/** How many schemas are checked in place for a value of this one. */
function weightOf(schema: Schema): number {
  let weight = 1;
  for (const part of subschemas(schema)) weight += weightOf(part);
  return weight;
}

/** A function of its own for some of the members: what is known of variables is followed through it alone. */
function checkSection(
  outer: Scope,
  members: readonly Member[],
  target: Target,
): Statement[] {
  const check = outer.locals.claim("members");
  const scope = nested(outer);
  const body = render(scope, checkMembers(scope, members, target));
  if (body.length === 0) return [];
  if (scope.mode === "report") {
    return [
      plain(ts`const ${check} = (): void => ${block(body)};`),
      plain(ts`${call(check, [])};`),
    ];
  }
  const answer = block([...body, ts`return true;`]);
  return [
    plain(ts`const ${check} = (): boolean => ${answer};`),
    plain(ts`if (!${call(check, [])}) return false;`),
  ];
}

function checkMembers(
  scope: Scope,
  fields: readonly Member[],
  { value, place }: Target,
): Statement[] {
  const members: { key: string; local: Code }[] = [];
  const before: Statement[] = [];
  const out: Statement[] = [];
  for (const field of fields) {
    const local = scope.locals.claim(field.name);
    const statements = isDropped(scope, field)
      ? dropField(scope, field, value, local)
      : checkField(scope, field, value, local, below(place, field.name));
    if (statements.length === 0) continue;
    if (INHERITED.has(field.name)) {
      before.push(
        plain(ts`const ${local} = ${memberValue(value, field.name)};`),
      );
    } else {
      members.push({ key: field.name, local });
    }
    out.push(...statements);
  }
  if (members.length > 0) before.unshift(plain(destructure(members, value)));
  return [...before, ...out];
}

/** Write-only: answers have none. */
function isNeverSent(scope: Scope, field: Member): boolean {
  return scope.direction === "output" && field.schema?.access === "write";
}

/** In a guard nothing is changed; where faults are reported the value is made ready for the handler. */
function isDropped(scope: Scope, field: Member): boolean {
  return changesValues(scope) && !scope.sent && field.schema?.access === "read";
}

function changesValues({ mode, direction }: Scope): boolean {
  return mode === "report" && direction === undefined;
}

/** Read-only: the server sets it, so what a client sends is not taken over. */
function dropField(
  scope: Scope,
  field: Member,
  record: Code,
  local: Code,
): Statement[] {
  const args = [record, ts`${field.name}`];
  return provided(scope, ts`${local} !== undefined`, [
    plain(ts`${call(ts`${name("issues")}.drop`, args)};`),
  ]);
}

function checkField(
  scope: Scope,
  field: Member,
  record: Code,
  local: Code,
  place: Target["place"],
): Statement[] {
  const required =
    field.required &&
    field.schema?.access !==
      (scope.sent || scope.direction === "output" ? "write" : "read");
  const missing = ts`${local} === undefined`;
  const target = { value: local, place };
  const statements = field.schema
    ? [
        ...checkSchema(scope, field.schema, target),
        ...decodes(scope, field.schema, record, ts`${field.name}`, place),
      ]
    : [];
  if (required) {
    return unless(scope, missing, [fail(scope, place, "required")], statements);
  }
  const value =
    field.schema && changesValues(scope) && field.name !== "__proto__"
      ? effectiveDefault(scope, field.schema)
      : undefined;
  if (value !== undefined) {
    // Later, since a default is no part of what other keywords speak of.
    const filling = ts`${name("issues")}.fill`;
    const custom = field.schema && convertedOf(scope, field.schema);
    const fill = custom
      ? ts`${call(filling, [record, ts`${field.name}`, call(decoderOf(custom), [json(value)])])};`
      : ts`${callWithJson(filling, [record, ts`${field.name}`], value)};`;
    return unless(scope, missing, [fill], statements);
  }
  return provided(scope, ts`${local} !== undefined`, statements);
}
