/** Room `model`: the catalogue of problems that the document knows: `x-problems` (RFC 9457). */
import { spellingsOf } from "../lint/vocabulary.js";
import type { Json, JsonObject } from "../load/document.js";
import type { Answer, ProblemMember, ProblemType } from "./api.js";
import { below } from "./below.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member, objectMember, textMember } from "./member.js";
import {
  isText,
  refuseExtension,
  statedExtension,
  type StatedExtension,
} from "./stated-extension.js";

/** Of `components`, else of the document: an object by name, or a list whose names are those of the types. */
export function buildProblems({
  document,
  diagnostics,
}: HttpContext): ProblemType[] {
  const { root, origin } = document;
  const components = objectMember(root, "components");
  const stated =
    (components &&
      statedExtension(components, below(origin, "components"), "x-problems")) ??
    statedExtension(root, origin, "x-problems");
  if (stated === undefined) return [];
  const problems: ProblemType[] = [];
  for (const [name, value, at] of entriesOf(stated)) {
    const made = readProblem(name, value);
    if (typeof made === "string") {
      refuseExtension(
        { ...stated, origin: at },
        diagnostics,
        made,
        "write `{ type, title, status, detail, extensions: { name: { type } } }`",
      );
    } else if (!problems.some((known) => known.name === made.name)) {
      problems.push({ ...made, origin: at });
    }
  }
  return problems;
}

function entriesOf({
  value,
  origin,
}: StatedExtension): [string | undefined, Json, typeof origin][] {
  if (Array.isArray(value)) {
    return value.map((each, at) => [undefined, each, below(origin, at)]);
  }
  if (isObject(value)) {
    return Object.entries(value).map(([name, each]) => [
      name,
      each,
      below(origin, name),
    ]);
  }
  return [[undefined, value, origin]];
}

function readProblem(
  given: string | undefined,
  value: Json,
): Omit<ProblemType, "origin"> | string {
  if (!isObject(value)) return "it is no object";
  const type = textMember(value, "type");
  const title = textMember(value, "title");
  const status = member(value, "status");
  const detail = textMember(value, "detail");
  if (type === undefined || !isReference(type)) return "its `type` is no URI";
  if (title === undefined || title === "") return "it has no `title`";
  if (!isErrorStatus(status)) return "its `status` is none of 400 to 599";
  const name = given ?? textMember(value, "name") ?? nameOf(type, title);
  const members = membersOf(value);
  if (typeof members === "string") return members;
  return {
    name,
    type,
    title,
    status,
    ...(detail !== undefined && { detail }),
    members,
  };
}

function isErrorStatus(status: Json | undefined): status is number {
  return (
    Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599
  );
}

function isReference(type: string): boolean {
  return (
    /^[\x21-\x7e]+$/.test(type) && URL.canParse(type, "https://localhost/")
  );
}

/** `https://example.com/problems/out-of-stock` is `out-of-stock`. */
function nameOf(type: string, title: string): string {
  const last = type.split(/[/#:]/).findLast((part) => part !== "");
  return last === undefined || /^\d/.test(last) ? title : last;
}

/** Members that RFC 9457 has itself. */
const STANDARD = new Set(["type", "title", "status", "detail", "instance"]);

function membersOf(problem: JsonObject): ProblemMember[] | string {
  const members: ProblemMember[] = [];
  for (const [name, schema] of Object.entries(
    objectMember(problem, "extensions") ?? {},
  )) {
    if (STANDARD.has(name)) return `\`${name}\` is no extension member`;
    const made = memberOf(name, isText(schema) ? { type: schema } : schema);
    if (made === undefined) return `the type of \`${name}\` is not understood`;
    members.push(made);
  }
  return members;
}

/** A plain type, one of some texts, or a list of either. */
function memberOf(name: string, schema: Json): ProblemMember | undefined {
  if (!isObject(schema)) return undefined;
  const optional = member(schema, "optional") === true;
  if (member(schema, "type") === "array") {
    const items = member(schema, "items");
    const item = items === undefined ? undefined : memberOf(name, items);
    return item && { ...item, list: true, optional };
  }
  const values = member(schema, "enum");
  if (Array.isArray(values) && values.length > 0 && values.every(isText)) {
    return { name, kind: "string", values: [...values], optional };
  }
  const type = member(schema, "type");
  switch (type) {
    case "string":
    case "boolean":
    case "object":
      return { name, kind: type, optional };
    case "integer":
    case "number":
      return { name, kind: "number", optional };
    default:
      return undefined;
  }
}

/** `x-problem` of a response: a name, several, or `true` for all of its status. */
export function statedProblems(
  node: JsonObject,
): Answer["problems"] | undefined {
  const [short, long] = spellingsOf("x-problem");
  const value = member(node, short) ?? member(node, long);
  if (value === true) return "status";
  if (isText(value ?? null)) return [String(value)];
  return Array.isArray(value) && value.every(isText) ? [...value] : undefined;
}
