/** Room `model`: the models that references have asked for, each once. */
import type { Origin } from "../lint/diagnostic.js";
import type { JsonObject, Target } from "../load/document.js";
import type { Environment, Environments } from "./environment.js";
import { isObject } from "./member.js";
import { modelTitle } from "./model-title.js";
import type { ModelId, Schema } from "./schema.js";

/** A model whose schema may still be waiting for its turn. */
export interface PlannedModel {
  id: ModelId;
  target: Target;
  environment: Environment;
  title: string;
  component: boolean;
  schema?: Schema;
}

export interface ModelRegistry {
  models: Map<ModelId, PlannedModel>;
  /** In the order they were asked for; grows while it is built. */
  waiting: PlannedModel[];
  /** The model of what a reference leads to. */
  refer(target: Target, environment: Environment): ModelId;
  /** A component has a model of its own, referred to or not. */
  addComponent(name: string, target: Target, environment: Environment): void;
}

export function modelRegistry(scopes: Environments): ModelRegistry {
  const models = new Map<ModelId, PlannedModel>();
  const waiting: PlannedModel[] = [];
  const byNode = new Map<Environment, Map<JsonObject, ModelId>>();

  function modelsOf(environment: Environment): Map<JsonObject, ModelId> {
    let map = byNode.get(environment);
    if (map === undefined) byNode.set(environment, (map = new Map()));
    return map;
  }

  function enter({ node }: Target, environment: Environment): Environment {
    return isObject(node) ? scopes.enter(environment, node) : environment;
  }

  function add(
    target: Target,
    environment: Environment,
    component?: string,
  ): ModelId {
    const { node, origin } = target;
    const id = modelId(origin, environment);
    if (models.has(id)) return id;
    const model: PlannedModel = {
      id,
      target,
      environment,
      title: component ?? modelTitle(origin),
      component: component !== undefined,
    };
    models.set(id, model);
    waiting.push(model);
    if (isObject(node) && !modelsOf(environment).has(node)) {
      modelsOf(environment).set(node, id);
    }
    return id;
  }

  return {
    models,
    waiting,
    refer(target, environment) {
      const scope = enter(target, environment);
      const { node } = target;
      // One node may be reached by several spellings, or have been moved: it is one model all the same.
      const known = isObject(node) ? modelsOf(scope).get(node) : undefined;
      return known ?? add(target, scope);
    },
    addComponent(name, target, environment) {
      add(target, enter(target, environment), name);
    },
  };
}

/** Unique per place and dynamic scope; without a scope it reads like a reference. */
export function modelId(
  { file, pointer }: Origin,
  { key }: Environment,
): ModelId {
  const place = `${file}#${pointer}`;
  return (key === "" ? place : `${place} in ${key}`) as ModelId;
}
