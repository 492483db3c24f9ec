/** Room `emit`: models: their types, and those of their functions that something asked for. */
import type { Model, ModelId } from "../model/schema.js";
import { guardFunction } from "./check/guard.js";
import { Locals } from "./check/locals.js";
import { markSchema } from "./check/mark.js";
import { checkSchema } from "./check/schema.js";
import { type ModelFunction, render, type Scope } from "./check/scope.js";
import { type Code, name, ts } from "./code.js";
import { componentsSymbol } from "./contract-symbols.js";
import type { EmitContext } from "./context.js";
import { docBlock } from "./doc.js";
import { projectionBody, valueParameter } from "./project/project.js";
import { rtType } from "./runtime-symbols.js";
import { assign, block, index, usedParameters } from "./syntax.js";
import { documented, fileSymbol, type SourceUnit } from "./unit.js";

export type Wanted = ModelFunction | "project";

const ORDER: readonly Wanted[] = ["check", "is", "mark", "project"];

/** Which functions of which models are needed; asking for one may lead to more. */
export class ModelDemand {
  readonly #wanted = new Map<ModelId, Set<Wanted>>();
  readonly #queue: { id: ModelId; which: Wanted }[] = [];
  readonly #context: Pick<EmitContext, "layout">;

  constructor(context: Pick<EmitContext, "layout">) {
    this.#context = context;
  }

  functionOf(id: ModelId, which: Wanted): Code {
    const set = this.#wanted.get(id) ?? new Set();
    if (!set.has(which)) {
      set.add(which);
      this.#wanted.set(id, set);
      this.#queue.push({ id, which });
    }
    const names = this.#context.layout.model(id);
    return fileSymbol(names.file, functionName(names, which));
  }

  next(): { id: ModelId; which: Wanted } | undefined {
    return this.#queue.shift();
  }
}

function functionName(
  names: { type: string; input: string },
  which: Wanted,
): string {
  return which === "project"
    ? `project${names.type}`
    : `${which}${names.input}`;
}

/** Names that model files export, claimed before anything else is put into them. */
export function declareModels(context: EmitContext): void {
  for (const [file, models] of context.layout.modelsByFile) {
    const unit = context.unit(file);
    for (const model of models) {
      const names = context.layout.model(model.id);
      unit.declare(names.type);
      if (model.split) unit.declare(names.input);
      for (const which of ORDER) unit.declare(functionName(names, which));
    }
  }
}

/** Emits all model files. Functions are made on demand, then put in the order of the document. */
export function emitModels(context: EmitContext, demand: ModelDemand): void {
  const made = new Map<ModelId, Map<Wanted, Code[]>>();
  for (let next = demand.next(); next; next = demand.next()) {
    const { id, which } = next;
    const names = context.layout.model(id);
    const section = context.unit(names.file).section();
    emitFunction(context, section, context.model(id), which);
    const functions = made.get(id) ?? new Map<Wanted, Code[]>();
    functions.set(which, section.statements);
    made.set(id, functions);
  }
  for (const [file, models] of context.layout.modelsByFile) {
    const unit = context.unit(file);
    for (const model of models) {
      emitType(context, unit, model);
      const functions = made.get(model.id);
      for (const which of ORDER) {
        for (const code of functions?.get(which) ?? []) unit.add(code);
      }
    }
  }
}

function emitType(context: EmitContext, unit: SourceUnit, model: Model): void {
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

function emitFunction(
  context: EmitContext,
  unit: SourceUnit,
  model: Model,
  which: Wanted,
): void {
  const names = context.layout.model(model.id);
  const identifier = name(functionName(names, which));
  const value = name("value");
  const scope: Scope = {
    mode: which === "check" ? "report" : "answer",
    unit,
    layout: context.layout,
    locals: new Locals(),
    base: which === "project" ? names.type : names.input,
    functionOf: context.functionOf,
    model: context.model,
  };
  switch (which) {
    case "check": {
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
      const text = guardFunction(functionName(names, which), body);
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
