/** Room `model`: builds schemas, each node once, and gives every target of a reference a model. */
import type { Diagnostics, Origin } from "../lint/diagnostic.js";
import type { Document, Json, JsonObject, Target } from "../load/document.js";
import { below } from "./below.js";
import { annotationKeywords } from "./build-annotations.js";
import { applicatorKeywords } from "./build-applicators.js";
import { arrayKeywords } from "./build-array.js";
import { numberKeywords } from "./build-number.js";
import { markRequired, objectKeywords } from "./build-object.js";
import { stringKeywords } from "./build-string.js";
import { buildType, typeKeywords } from "./build-type.js";
import { lowerDialect } from "./dialect-3.0.js";
import { buildDiscriminator, type Discriminator } from "./discriminator.js";
import {
  environments,
  noEnvironment,
  type Environment,
  type Environments,
} from "./environment.js";
import { isObject, member } from "./member.js";
import { modelRegistry, type PlannedModel } from "./model-registry.js";
import { orNull } from "./or-null.js";
import type { Keyword, SchemaPlace } from "./schema-place.js";
import type { ModelId, Schema } from "./schema.js";

/** Levels of schemas within schemas that are followed without a reference between them. */
const deepest = 256;

/** A node that stands in several places (a YAML alias) is repeated up to this size, and a model above it. */
const largestRepeated = 24;

const keywords: ReadonlyMap<string, Keyword> = new Map([
  ...typeKeywords,
  ...stringKeywords,
  ...numberKeywords,
  ...arrayKeywords,
  ...objectKeywords,
  ...applicatorKeywords,
  ...annotationKeywords,
]);

export interface SchemaBuilder {
  /** The schema at a place that is no target of a reference, as far as known. */
  build(value: Json, origin: Origin): Schema;
  /** Gives a component a model of its own. */
  addComponent(name: string, target: Target): void;
  /** Builds all models that were referred to, and those that they refer to. */
  finish(): void;
  models: Map<ModelId, PlannedModel>;
  /** Every schema that was built. */
  schemas: Schema[];
  discriminators: Map<Schema, Discriminator>;
  /** Anchors that a schema asked its dynamic scope for. */
  consulted: Map<Schema, Set<string>>;
  environments: Environments;
}

interface Built {
  schema: Schema;
  origin: Origin;
  size: number;
  complete: boolean;
}

export function schemaBuilder(
  document: Document,
  diagnostics: Diagnostics,
): SchemaBuilder {
  const scopes = environments(document);
  const entered = scopes.enter(noEnvironment, document.root);
  const registry = modelRegistry(scopes);
  const builtIn = new Map<Environment, Map<JsonObject, Built>>();
  const schemas: Schema[] = [];
  const discriminators = new Map<Schema, Discriminator>();
  const consulted = new Map<Schema, Set<string>>();

  function emptySchema(origin: Origin): Schema {
    const schema: Schema = {
      origin,
      doc: {},
      refs: [],
      all: [],
      unions: [],
      examples: [],
    };
    schemas.push(schema);
    return schema;
  }

  function buildAt(
    value: Json,
    origin: Origin,
    environment: Environment,
    parent: SchemaPlace | undefined,
  ): Schema {
    if (!isObject(value)) {
      const schema = emptySchema(origin);
      if (value === false) schema.never = true;
      else if (value !== true) reportNoSchema(diagnostics, origin);
      return schema;
    }
    const scope =
      member(value, "$id") === undefined
        ? environment
        : scopes.enter(environment, value);
    let built = builtIn.get(scope);
    if (built === undefined) builtIn.set(scope, (built = new Map()));
    const known = built.get(value);
    if (known !== undefined) return reuse(known, value, origin, scope, parent);

    const depth = (parent?.depth ?? 0) + 1;
    if (depth > deepest) {
      reportTooDeep(diagnostics, origin);
      return emptySchema(origin);
    }
    const entry: Built = {
      schema: emptySchema(origin),
      origin,
      size: 1,
      complete: false,
    };
    built.set(value, entry);
    const dialect = document.dialect(value);
    const lowered = lowerDialect(value, dialect);
    reportOutdated(diagnostics, origin, lowered.outdated ?? []);
    const place: SchemaPlace = {
      node: lowered.node,
      holder: value,
      origin,
      dialect,
      environment: scope,
      depth,
      size: 1,
      document,
      diagnostics,
      child: childOf,
      refer: referFrom,
      consult: consultFrom,
    };
    fill(entry.schema, place);
    if (lowered.orNull) wrapOrNull(entry.schema);
    entry.size = place.size;
    entry.complete = true;
    if (parent) parent.size += place.size;
    return entry.schema;
  }

  // Methods that all places share: a closure for each would be most of what is allocated.
  function childOf(
    this: SchemaPlace,
    value: Json,
    ...tokens: (string | number)[]
  ): Schema {
    return buildAt(
      value,
      below(this.origin, ...tokens),
      this.environment,
      this,
    );
  }

  function referFrom(this: SchemaPlace, target: Target): ModelId {
    return registry.refer(target, this.environment);
  }

  function consultFrom(schema: Schema, anchor: string): void {
    const anchors = consulted.get(schema) ?? new Set();
    consulted.set(schema, anchors.add(anchor));
  }

  function reuse(
    known: Built,
    node: JsonObject,
    origin: Origin,
    environment: Environment,
    parent: SchemaPlace | undefined,
  ): Schema {
    const samePlace =
      known.origin.pointer === origin.pointer &&
      known.origin.file === origin.file;
    if (known.complete && (samePlace || known.size <= largestRepeated)) {
      if (parent) parent.size += known.size;
      return known.schema;
    }
    const schema = emptySchema(origin);
    schema.refs.push(
      registry.refer({ node, origin: known.origin }, environment),
    );
    if (parent) parent.size++;
    return schema;
  }

  function fill(schema: Schema, place: SchemaPlace): void {
    const { node } = place;
    const validates = place.dialect !== "2020-12-applicators";
    const type = member(node, "type");
    if (type !== undefined && validates) buildType(type, schema, place);
    for (const name of Object.keys(node)) {
      const keyword = keywords.get(name);
      if (keyword === undefined || (keyword.validation && !validates)) continue;
      const value = node[name];
      if (value !== undefined) keyword.build(value, schema, place);
    }
    if (schema.object) markRequired(schema.object);
    if (Object.hasOwn(node, "discriminator")) {
      const discriminator = buildDiscriminator(place);
      if (discriminator) discriminators.set(schema, discriminator);
    }
  }

  /** What belongs to the assertions moves with them. */
  function wrapOrNull(schema: Schema): void {
    const inner = emptySchema(schema.origin);
    orNull(schema, inner, emptySchema(schema.origin));
    const discriminator = discriminators.get(schema);
    if (discriminator) discriminators.set(inner, discriminator);
    discriminators.delete(schema);
    const anchors = consulted.get(schema);
    if (anchors) consulted.set(inner, anchors);
  }

  return {
    build(value, origin) {
      const scope = isObject(value) ? scopes.enter(entered, value) : entered;
      return buildAt(value, origin, scope, undefined);
    },
    addComponent: (name, target) =>
      registry.addComponent(name, target, entered),
    finish() {
      // Grows while it is walked.
      for (const next of registry.waiting) {
        next.schema = buildAt(
          next.target.node,
          next.target.origin,
          next.environment,
          undefined,
        );
      }
    },
    models: registry.models,
    schemas,
    discriminators,
    consulted,
    environments: scopes,
  };
}

function reportNoSchema(diagnostics: Diagnostics, origin: Origin): void {
  diagnostics.error("KT2205", origin, "a schema must be an object", {
    help: "write `{}` for a schema that allows anything",
  });
}

function reportTooDeep(diagnostics: Diagnostics, origin: Origin): void {
  diagnostics.error(
    "KT2206",
    origin,
    `schemas are nested more than ${deepest} levels deep`,
    { help: "move inner schemas to `components/schemas` and refer to them" },
  );
}

function reportOutdated(
  diagnostics: Diagnostics,
  origin: Origin,
  keywords: string[],
): void {
  for (const keyword of keywords) {
    diagnostics.warning(
      "KT2208",
      below(origin, keyword),
      keyword === "nullable"
        ? "`nullable` is no keyword of OpenAPI 3.1; read as in 3.0"
        : `a \`${keyword}\` that is true or false is none of OpenAPI 3.1; read as in 3.0`,
      {
        help:
          keyword === "nullable"
            ? "add `null` to `type`"
            : `give \`${keyword}\` the limit itself`,
      },
    );
  }
}
