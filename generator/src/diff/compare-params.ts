/** Room `diff`: the parameters of an operation. */
import { allowedAtoms } from "./compare-types.js";
import type { OperationDiff } from "./compare-operation.js";
import type { Operation, Param } from "../model/api.js";
import type { Sides } from "./change.js";
import { addOwn } from "./add-own.js";
import { emptyShape } from "./shape.js";

export function compareParams(diff: OperationDiff): void {
  const { before, after, add } = diff;
  const open = new Set(after.params);
  const gone: Param[] = [];
  for (const old of before.params) {
    const now = counterpart(old, diff, open);
    if (now) {
      open.delete(now);
      compareParam(diff, { before: old, after: now });
    } else gone.push(old);
  }
  for (const old of gone) {
    const moved = [...open].find(
      ({ name, in: where }) =>
        name.toLowerCase() === old.name.toLowerCase() && where !== old.in,
    );
    if (moved) {
      open.delete(moved);
      add({
        id: "request-parameter-moved",
        severity: "breaking",
        message: `${shown(moved)} was in ${old.in}`,
        before: old.origin,
        after: moved.origin,
      });
      continue;
    }
    add({
      id: "request-parameter-removed",
      severity: old.doc.deprecated ? "info" : "warning",
      message: `${shown(old)} is gone${old.doc.deprecated ? ", as its deprecation has said" : ""}`,
      before: old.origin,
      after: after.origin,
    });
  }
  for (const now of open) {
    add({
      id: now.required
        ? "request-parameter-required-added"
        : "request-parameter-added",
      severity: now.required ? "breaking" : "info",
      message: `${shown(now)} is new${now.required ? " and required" : ""}`,
      before: before.origin,
      after: now.origin,
    });
  }
}

/** Variables of the path by their places, whatever they are called. */
function counterpart(
  param: Param,
  { before, after }: Sides<Operation>,
  open: ReadonlySet<Param>,
): Param | undefined {
  const list = [...open];
  const same = list.find(
    (each) => each.in === param.in && nameKey(each) === nameKey(param),
  );
  if (same || param.in !== "path") return same;
  const index = variables(before).indexOf(param.name);
  const name = index === -1 ? undefined : variables(after)[index];
  return list.find((each) => each.in === "path" && each.name === name);
}

function nameKey({ in: where, name }: Param): string {
  return where === "header" ? name.toLowerCase() : name;
}

function variables({ segments }: Operation): string[] {
  return segments.flatMap(({ parts }) =>
    parts.flatMap((part) => (typeof part === "string" ? [] : [part.variable])),
  );
}

function compareParam(
  diff: OperationDiff,
  { before, after }: Sides<Param>,
): void {
  const origins = { before: before.origin, after: after.origin };
  const say = (
    id: string,
    severity: "breaking" | "warning" | "info",
    message: string,
  ) =>
    diff.add({
      id: `request-parameter-${id}`,
      severity,
      message: `${shown(after)} ${message}`,
      ...origins,
    });
  if (nameKey(before) !== nameKey(after))
    say("renamed", "info", `was called \`${before.name}\``);
  if (!before.required && after.required)
    say("became-required", "breaking", "is required now");
  if (before.required && !after.required)
    say("became-optional", "info", "is no longer required");
  if (!before.doc.deprecated && after.doc.deprecated)
    say("deprecated", "info", "is deprecated");
  if (before.doc.deprecated && !after.doc.deprecated)
    say("undeprecated", "info", "is no longer deprecated");
  if (before.content !== after.content) {
    say(
      "content-type-changed",
      "breaking",
      `is written as \`${after.content ?? "plain text"}\`, which was \`${before.content ?? "plain text"}\``,
    );
    return;
  }
  if (before.style !== after.style) {
    say(
      "style-changed",
      "breaking",
      `has the style \`${after.style}\`, which was \`${before.style}\``,
    );
  } else if (before.explode !== after.explode && isCompound(before, after)) {
    say(
      "explode-changed",
      "breaking",
      `is ${after.explode ? "written in several parts" : "written in one part"} now`,
    );
  }
  if (before.allowEmptyValue && !after.allowEmptyValue)
    say("empty-value-forbidden", "breaking", "may no longer be empty");
  if (!before.allowEmptyValue && after.allowEmptyValue)
    say("empty-value-allowed", "info", "may be empty now");
  const writing = after.content === undefined ? "text" : "json";
  diff.schema(
    "request-parameter",
    shown(after),
    before.schema,
    after.schema,
    writing,
  );
}

/** Scalars look the same whether exploded or not, but for `;name=value`. */
function isCompound({ schema, style }: Param, after: Param): boolean {
  if (style === "matrix") return true;
  return [schema, after.schema].some((each) => {
    if (each.refs.length + each.all.length + each.unions.length > 0)
      return true;
    const shape = emptyShape(each.origin);
    addOwn(shape, each);
    const atoms = allowedAtoms(shape);
    return atoms.has("array") || atoms.has("object");
  });
}

function shown({ name, in: where }: Param): string {
  return `the ${where} parameter \`${name}\``;
}
