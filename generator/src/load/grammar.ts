/** Room `load`: the grammar of documents, compiled for walking: what stands where, and where references may stand. */
import type { NodeKind } from "./document.js";
import {
  OPENAPI_RULES,
  type FieldNotation,
  type RuleText,
} from "./openapi-grammar.js";

/** Values without OpenAPI structure of their own. `any` is data: nothing in it is a reference. */
export type Scalar = "any" | "string" | "number" | "integer" | "boolean";

/** What a field holds: a node or scalar, a `[list]` or a `{map}` of them. */
export type Notation =
  | Scalar
  | NodeKind
  | `[${Scalar | NodeKind}]`
  | `{${Scalar | NodeKind}}`
  | "{[string]}"
  | "string|[string]"
  | "number|boolean";

export type Version = "3.0" | "3.1" | "3.2";

export interface Field {
  notation: Notation;
  /** The first version that has it; absent: all. */
  since?: Version;
}

/** Where in a rule a `$ref` may stand. */
export type ReferenceStyle =
  /** A Reference Object takes the place of the node. */
  | "object"
  /** `$ref` is a field beside others (path items, schemas since 3.1). */
  | "field"
  /** The specification has none here. Documents in many files use it all the same: the target is put in its place. */
  | "none";

export interface KindRule {
  /** How messages call it. */
  title: string;
  reference: ReferenceStyle;
  fields: ReadonlyMap<string, Field>;
  /** What every other key holds, in objects that are maps (`paths`, `responses`, …). */
  others?: Notation;
  required: readonly string[];
  /** Required in OpenAPI 3.0 only. */
  required30?: readonly string[];
}

function compile(text: RuleText): KindRule {
  const fields = new Map<string, Field>();
  for (const [key, value] of Object.entries(text.fields ?? {})) {
    fields.set(key, readField(value));
  }
  return {
    title: text.title,
    reference: text.reference ?? "none",
    fields,
    required: text.required ?? [],
    ...(text.others === undefined ? {} : { others: text.others }),
    ...(text.required30 === undefined ? {} : { required30: text.required30 }),
  };
}

function readField(text: FieldNotation): Field {
  const at = text.indexOf("@");
  if (at === -1) return { notation: text as Notation };
  return {
    notation: text.slice(0, at) as Notation,
    since: text.slice(at + 1) as Version,
  };
}

/** The grammar, by kind of node. */
export const GRAMMAR: ReadonlyMap<NodeKind, KindRule> = new Map(
  Object.entries(OPENAPI_RULES).map(([kind, rule]) => [
    kind as NodeKind,
    compile(rule),
  ]),
);

/** Where nodes stand below a node. */
export interface Place {
  form: "one" | "list" | "map";
  kind: NodeKind;
}

/** A child that is read as text although documents write `{ $ref: file.md }` there. */
export type Child = Place | "text";

/** What a walk needs of a kind: its fields that hold nodes, for one version. */
export interface Structure {
  kind: NodeKind;
  reference: ReferenceStyle;
  children: ReadonlyMap<string, Child>;
  /** Keys that are not fields (`x-` excepted, where the object has extensions). */
  others?: Place;
}

function isKind(text: string): text is NodeKind {
  return GRAMMAR.has(text as NodeKind);
}

function placeOf(notation: Notation): Place | undefined {
  const inner = notation.replace(/^[[{]|[\]}]$/g, "");
  if (!isKind(inner)) return undefined;
  if (notation.startsWith("[")) return { form: "list", kind: inner };
  if (notation.startsWith("{")) return { form: "map", kind: inner };
  return { form: "one", kind: inner };
}

function structureOf(kind: NodeKind, rule: KindRule, version: Version) {
  const children = new Map<string, Child>();
  for (const [key, field] of rule.fields) {
    if (field.since !== undefined && field.since > version) continue;
    const place = placeOf(field.notation);
    if (place !== undefined) children.set(key, place);
    else if (key === "description" && kind !== "schema") {
      children.set(key, "text");
    }
  }
  const others = rule.others === undefined ? undefined : placeOf(rule.others);
  return {
    kind,
    reference: rule.reference,
    children,
    ...(others === undefined ? {} : { others }),
  } satisfies Structure;
}

const VERSIONS: readonly Version[] = ["3.0", "3.1", "3.2"];

const STRUCTURES: ReadonlyMap<
  Version,
  ReadonlyMap<NodeKind, Structure>
> = new Map(
  VERSIONS.map((version) => [
    version,
    new Map(
      [...GRAMMAR].map(([kind, rule]) => [
        kind,
        structureOf(kind, rule, version),
      ]),
    ),
  ]),
);

/** The structure of every kind of node in one version. */
export function structures(version: Version): ReadonlyMap<NodeKind, Structure> {
  return STRUCTURES.get(version) ?? new Map();
}

/** Whether a `$ref` may stand in the place of such a node, or beside its fields. */
export function mayRefer(kind: NodeKind): boolean {
  return GRAMMAR.get(kind)?.reference !== "none";
}

/** Reference Objects allow nothing beside `$ref`; OpenAPI 3.0 says the same for schemas. */
export function ignoresSiblings(kind: NodeKind, version: Version): boolean {
  if (kind === "pathItem") return false;
  return kind !== "schema" || version === "3.0";
}
