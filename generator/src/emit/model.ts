/** Room `emit`: models: their types, and those of their functions that something asked for. */
import type { Model, ModelId } from "../model/schema.js";
import type { Layout } from "../name/layout.js";
import { guardFunction } from "./check/guard.js";
import { Locals } from "./check/locals.js";
import { markSchema } from "./check/mark.js";
import { checkSchema } from "./check/schema.js";
import { type ModelFunction, render, type Scope } from "./check/scope.js";
import { type Code, name, ts } from "./code.js";
import { componentsSymbol } from "./contract-symbols.js";
import type { EmitContext } from "./context.js";
import { responseChecksFile } from "./files.js";
import { docBlock } from "./doc.js";
import { projectionBody, valueParameter } from "./project/project.js";
import { rtType } from "./runtime-symbols.js";
import { assign, block, index, usedParameters } from "./syntax.js";
import { documented, fileSymbol, type SourceUnit } from "./unit.js";

export type Wanted = ModelFunction | "project";

/** In which they stand below the type. */
const ORDER: readonly Wanted[] = [
  "check",
  "checkSent",
  "is",
  "mark",
  "project",
];

/** Which functions of which models are needed; asking for one may lead to more. */
export class ModelDemand {
  readonly #layout: Layout;
  readonly direction: "input" | "output";
  readonly #wanted = new Map<ModelId, Set<Wanted>>();
  readonly #queue: { id: ModelId; which: Wanted }[] = [];
  #asked = new Set<string>();
  #byName: Map<string, { id: ModelId; which: Wanted }> | undefined;

  constructor(layout: Layout, direction: "input" | "output" = "input") {
    this.#layout = layout;
    this.direction = direction;
  }

  functionOf(id: ModelId, which: Wanted): Code {
    const names = this.#layout.model(id);
    const called = functionName(names, which, this.direction);
    this.#asked.add(called);
    this.#ask(id, which);
    const { file } = names;
    return fileSymbol(
      this.direction === "output" ? responseChecksFile(file) : file,
      called,
    );
  }

  /** The names of what is asked for while `work` runs, in one text. */
  during(work: () => void): string {
    const outer = this.#asked;
    this.#asked = new Set();
    work();
    const asked = [...this.#asked].sort().join(" ");
    this.#asked = outer;
    return asked;
  }

  /** Asks for what `during` has told of an earlier run. */
  askAgain(names: string): void {
    if (names === "") return;
    this.#byName ??= this.#functionsByName();
    for (const called of names.split(" ")) {
      const known = this.#byName.get(called);
      if (known) this.#ask(known.id, known.which);
    }
  }

  next(): { id: ModelId; which: Wanted } | undefined {
    return this.#queue.shift();
  }

  of(id: ModelId): Wanted[] {
    const wanted = this.#wanted.get(id);
    return wanted ? ORDER.filter((which) => wanted.has(which)) : [];
  }

  #ask(id: ModelId, which: Wanted): void {
    const set = this.#wanted.get(id) ?? new Set();
    if (set.has(which)) return;
    set.add(which);
    this.#wanted.set(id, set);
    this.#queue.push({ id, which });
  }

  #functionsByName() {
    const byName = new Map<string, { id: ModelId; which: Wanted }>();
    for (const { id, split } of this.#layout.api.models.values()) {
      const names = this.#layout.model(id);
      for (const which of ORDER) {
        if (which === "checkSent" && (!split || this.direction === "output")) {
          continue;
        }
        byName.set(functionName(names, which, this.direction), { id, which });
      }
    }
    return byName;
  }
}

export function functionName(
  names: { type: string; input: string },
  which: Wanted,
  direction: "input" | "output" = "input",
): string {
  if (which === "project") return `project${names.type}`;
  if (which === "checkSent") return `check${names.type}`;
  return `${which}${direction === "output" ? names.type : names.input}`;
}

/** Names that model files export, claimed before anything else is put into them. */
export function declareModels(context: EmitContext): void {
  for (const [file, models] of context.layout.modelsByFile) {
    const unit = context.unit(file);
    for (const model of models) {
      const names = context.layout.model(model.id);
      unit.declare(names.type);
      if (model.split) unit.declare(names.input);
      for (const which of ORDER) {
        // Without a split there is one check, of both directions.
        if (which === "checkSent" && !model.split) continue;
        unit.declare(functionName(names, which));
      }
    }
  }
}

export function emitType(
  context: EmitContext,
  unit: SourceUnit,
  model: Model,
): void {
  const names = context.layout.model(model.id);
  const schemas = index(componentsSymbol, "schemas");
  unit.add(
    documented(
      docBlock("", model.schema.doc),
      assign(
        ts`export type ${name(names.type)}`,
        index(schemas, context.keys(model.id, "output")),
      ),
    ),
  );
  if (!model.split) return;
  unit.add(
    documented(
      `/** \`${names.type}\` as requests carry it. */`,
      assign(
        ts`export type ${name(names.input)}`,
        index(schemas, context.keys(model.id, "input")),
      ),
    ),
  );
}

export function emitFunction(
  context: EmitContext,
  unit: SourceUnit,
  model: Model,
  which: Wanted,
  direction: "input" | "output" = "input",
): void {
  const names = context.layout.model(model.id);
  const own = functionName(names, which, direction);
  const identifier = name(own);
  const value = name("value");
  const scope: Scope = {
    mode: which === "check" || which === "checkSent" ? "report" : "answer",
    sent: which === "checkSent",
    unit,
    layout: context.layout,
    locals: new Locals(),
    base:
      which === "project" || which === "checkSent" || direction === "output"
        ? names.type
        : names.input,
    ...(direction === "output" && { direction, hidden: context.writeOnly }),
    functionOf: context.functionOf,
    model: context.model,
  };
  switch (which) {
    case "check":
    case "checkSent": {
      const place = [name("at")];
      const body = render(
        scope,
        checkSchema(scope, model.schema, { value, place }),
      );
      const signature = usedParameters(
        [
          { name: "value", type: ts`unknown` },
          { name: "at", type: ts`string` },
          { name: "issues", type: rtType.Issues },
        ],
        body,
      );
      unit.add(
        ts`export function ${identifier}${signature}: void ${block(body)}`,
      );
      break;
    }
    case "is": {
      const statements = checkSchema(scope, model.schema, { value, place: [] });
      const body = render(scope, statements);
      const text = guardFunction(own, body);
      unit.add(ts`export ${text}`);
      break;
    }
    case "mark": {
      const seen = name("seen");
      const body = render(scope, markSchema(scope, model.schema, value, seen));
      const signature = usedParameters(
        [
          { name: "value", type: ts`unknown` },
          { name: "seen", type: rtType.Evaluated },
        ],
        body,
      );
      unit.add(
        ts`export function ${identifier}${signature}: void ${block(body)}`,
      );
      break;
    }
    case "project": {
      const body = projectionBody(
        {
          ...scope,
          projectionOf: (id) => context.functionOf(id, "project"),
          made: new Map(),
        },
        model.schema,
        "",
      );
      unit.add(
        ts`export function ${identifier}${valueParameter(body)}: unknown ${block(body)}`,
      );
      break;
    }
  }
}
