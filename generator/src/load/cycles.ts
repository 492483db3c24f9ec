/** Room `load`: references and in-place applicators that lead back to themselves without consuming any of the value. */
import type { Diagnostics, Origin } from "../lint/diagnostic.js";
import type { Json, JsonObject } from "./document.js";
import type { Graph } from "./graph.js";
import { isObject, member } from "./member.js";
import { childPointer } from "./pointer.js";
import type { Reference } from "./reference.js";

/** Keywords whose schemas look at the same value as the schema that holds them. */
const IN_PLACE_LISTS = ["allOf", "anyOf", "oneOf"] as const;
const IN_PLACE = ["not", "if", "then", "else"] as const;

export function reportCycles(graph: Graph, diagnostics: Diagnostics): void {
  const pure = new Set<object>();
  reportPureCycles(graph, pure, diagnostics);
  reportInPlaceCycles(graph, pure, diagnostics);
}

/** `$ref` → `$ref` → … and back: no node at the end. Holds for every kind of node. */
function reportPureCycles(
  graph: Graph,
  pure: Set<object>,
  diagnostics: Diagnostics,
): void {
  const references = new Map<object, Reference>();
  for (const each of graph.references) references.set(each.holder, each);
  const done = new Set<object>();
  for (const first of graph.references) {
    const path: Reference[] = [];
    const onPath = new Map<object, number>();
    let next: Reference | undefined = first;
    while (
      next !== undefined &&
      !done.has(next.holder) &&
      !onPath.has(next.holder)
    ) {
      onPath.set(next.holder, path.length);
      path.push(next);
      const node: Json | undefined = graph.targets.get(next.holder)?.node;
      next = isObject(node) ? references.get(node) : undefined;
    }
    const start = next === undefined ? undefined : onPath.get(next.holder);
    if (start !== undefined) {
      const cycle = path.slice(start);
      for (const each of cycle) pure.add(each.holder);
      report(cycle, "KT1026", diagnostics);
    }
    for (const each of path) done.add(each.holder);
  }
}

interface Step {
  schema: JsonObject;
  /** The reference that led here; absent: an applicator of the schema before. */
  by?: Reference;
}

function reportInPlaceCycles(
  graph: Graph,
  pure: ReadonlySet<object>,
  diagnostics: Diagnostics,
): void {
  const references = new Map<object, Reference>();
  for (const each of graph.references) {
    if (each.place.kind === "schema") references.set(each.holder, each);
  }
  const done = new Set<object>();
  for (const { holder } of references.values()) {
    if (done.has(holder)) continue;
    const path: (Step & { next: Step[] })[] = [];
    const onPath = new Map<object, number>();
    const enter = (step: Step): void => {
      onPath.set(step.schema, path.length);
      path.push({ ...step, next: stepsOf(graph, references, step.schema) });
    };
    enter({ schema: holder });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const step = top.next.pop();
      if (step === undefined) {
        path.pop();
        onPath.delete(top.schema);
        done.add(top.schema);
        continue;
      }
      const start = onPath.get(step.schema);
      if (start !== undefined) {
        const cycle = [...path.slice(start + 1), step].flatMap((each) =>
          each.by === undefined ? [] : [each.by],
        );
        if (!cycle.every((each) => pure.has(each.holder))) {
          report(cycle, "KT2001", diagnostics);
        }
      } else if (!done.has(step.schema)) {
        enter(step);
      }
    }
  }
}

/** In reverse, since the walk takes the last one first. */
function stepsOf(
  graph: Graph,
  references: ReadonlyMap<object, Reference>,
  schema: JsonObject,
): Step[] {
  const steps: Step[] = [];
  const by = references.get(schema);
  const target = graph.targets.get(schema)?.node;
  if (by !== undefined && isObject(target)) {
    steps.push({ schema: target, by });
    if ((by.scope.file.openapi ?? graph.version) === "3.0") return steps;
  }
  for (const key of IN_PLACE_LISTS) {
    const list = member(schema, key);
    if (!Array.isArray(list)) continue;
    for (const each of list) if (isObject(each)) steps.push({ schema: each });
  }
  for (const key of IN_PLACE) {
    const each = member(schema, key);
    if (isObject(each)) steps.push({ schema: each });
  }
  const dependent = member(schema, "dependentSchemas");
  if (isObject(dependent)) {
    for (const each of Object.values(dependent)) {
      if (isObject(each)) steps.push({ schema: each });
    }
  }
  return steps.reverse();
}

function report(
  cycle: readonly Reference[],
  code: "KT1026" | "KT2001",
  diagnostics: Diagnostics,
): void {
  const [first] = cycle;
  if (first === undefined) return;
  const names = [...cycle.slice(-1), ...cycle]
    .map((each) => nameOf(each.text))
    .join(" > ");
  const related: Origin[] = cycle.slice(1, 8).map(originOf);
  if (code === "KT1026") {
    diagnostics.error(
      code,
      originOf(first),
      `the references lead in a circle: ${names}`,
      {
        unusable: true,
        related,
        help: "let one of them be a schema of its own",
      },
    );
  } else {
    diagnostics.error(
      code,
      originOf(first),
      `the schema contains itself for the same value, so that validation never ends: ${names}`,
      {
        related,
        help: "remove one of the references of the circle; recursion has to go through `properties` or `items`",
      },
    );
  }
}

function originOf(reference: Reference): Origin {
  return {
    file: reference.scope.file.source.path,
    pointer: childPointer(reference.pointer, "$ref"),
  };
}

function nameOf(text: string): string {
  const name = text.slice(text.lastIndexOf("/") + 1);
  return name === "" ? text : name;
}
