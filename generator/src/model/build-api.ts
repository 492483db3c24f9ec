/** Room `model`: a document becomes the intermediate representation. */
import {
  Diagnostics,
  type Diagnostic,
  type Staged,
} from "../lint/diagnostic.js";
import type { Document } from "../load/document.js";
import { settleSplit, spreadAccess } from "./access.js";
import type { Api } from "./api.js";
import { buildComponents } from "./build-components.js";
import { buildCors } from "./build-cors.js";
import { buildGroups } from "./build-groups.js";
import { buildOperation } from "./build-operation.js";
import { buildOutgoing } from "./build-outgoing.js";
import { buildProblems } from "./build-problems.js";
import { schemaBuilder, type SchemaBuilder } from "./build-schema.js";
import { buildSecuritySchemes } from "./build-security.js";
import { buildServers } from "./build-servers.js";
import { buildVersioning } from "./build-versioning.js";
import { discriminate } from "./discriminate.js";
import { findOperations } from "./find-operations.js";
import type { HttpContext } from "./http-context.js";
import { hashOperations } from "./hash-operations.js";
import { objectMember, textMember } from "./member.js";
import { settlePolicies } from "./policies/build-policies.js";
import { mergeSpecialised } from "./merge-specialised.js";
import { buildDoc } from "./build-doc.js";
import { settleTypes, type TypeOptions } from "./settle-types.js";
import { settleRecursive } from "./recursive.js";
import { settleRoutes } from "./route.js";
import type { Model, ModelId } from "./schema.js";
import { stronglyConnected } from "./strongly-connected.js";
import { settleModelUses, settleOperationUses } from "./uses.js";

export function buildApi(
  document: Document,
  types: TypeOptions = {},
): Staged<Api> {
  const diagnostics = new Diagnostics();
  const schemas = schemaBuilder(document, diagnostics);
  const context: HttpContext = { document, diagnostics, schemas };

  buildComponents(context);
  const places = findOperations(context);
  settleRoutes(places, diagnostics);
  const operations = places.map((place) => buildOperation(place, context));
  const outgoing = buildOutgoing(places, operations, context);
  const all = [...operations, ...outgoing.map(({ operation }) => operation)];
  schemas.finish();
  mergeSpecialised(schemas);
  const models = settledModels(schemas);
  const security = buildSecuritySchemes(context);
  const problems = buildProblems(context);
  settlePolicies(places, operations, { models, problems }, security, context);

  settleTypes(schemas.schemas, types, diagnostics);
  spreadAccess(schemas.schemas, models);
  discriminate(schemas, models, diagnostics);
  settleModelUses(models);
  for (const operation of all) settleOperationUses(operation);
  const components = stronglyConnected(usesOf(models));
  settleRecursive(components, models);
  settleSplit(components, models);
  hashOperations(all, models, components);

  const info = objectMember(document.root, "info") ?? {};
  const cors = buildCors(context);
  const versioning = buildVersioning(context, operations);
  return {
    value: {
      title: textMember(info, "title") ?? "",
      version: textMember(info, "version") ?? "",
      openapi: document.version,
      doc: buildDoc(info),
      groups: buildGroups(operations, document.root),
      outgoing,
      models,
      security,
      servers: buildServers(document.root),
      ...(cors !== undefined && { cors }),
      ...(versioning !== undefined && { versioning }),
      problems,
      origin: document.origin,
    },
    diagnostics: distinct(diagnostics.list),
  };
}

function settledModels({ models }: SchemaBuilder): Map<ModelId, Model> {
  const settled = new Map<ModelId, Model>();
  for (const { id, title, component, schema } of models.values()) {
    if (!schema) continue;
    settled.set(id, {
      id,
      title,
      schema,
      recursive: false,
      split: false,
      component,
      uses: [],
    });
  }
  return settled;
}

function usesOf(models: ReadonlyMap<ModelId, Model>): Map<ModelId, ModelId[]> {
  return new Map([...models].map(([id, model]) => [id, model.uses]));
}

/** A schema that is built for two dynamic scopes has its faults twice. */
function distinct(list: Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return list.filter(({ code, origin, message }) => {
    const key = `${code} ${origin.file}#${origin.pointer} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
