/** Room `model`: a hash for each operation that changes when its contract does, and not when its prose does. */
import { createHash } from "node:crypto";
import type { Body, Encoding, Header, Media, Operation, Param } from "./api.js";
import { canonicalSchemas } from "./canonical-schema.js";
import type { Model, ModelId, Schema } from "./schema.js";

/** `components`: strongly connected models in reverse topological order, so that what a model uses is hashed before it. */
export function hashOperations(
  operations: Operation[],
  models: ReadonlyMap<ModelId, Model>,
  components: ModelId[][],
): void {
  const text = canonicalSchemas(models);
  const digests = modelDigests(models, components, text);
  const known = new Map<Schema, string>();
  const digest = (schema: Schema): string => {
    let hash = known.get(schema);
    if (hash === undefined) known.set(schema, (hash = sha256(text(schema))));
    return hash;
  };
  for (const operation of operations) {
    const parts = [
      ...operationParts(operation, digest),
      ...operation.uses.map((id) => digests.get(id)).sort(),
    ];
    operation.hash = sha256(JSON.stringify(parts)).slice(0, 16);
  }
}

/** Models that refer to each other in a circle share one digest over the whole circle. */
function modelDigests(
  models: ReadonlyMap<ModelId, Model>,
  components: ModelId[][],
  text: (schema: Schema) => string,
): Map<ModelId, string> {
  const digests = new Map<ModelId, string>();
  for (const component of components) {
    const own = new Set<string>();
    const used = new Set<string>();
    for (const id of component) {
      const model = models.get(id);
      if (!model) continue;
      own.add(`${model.title} ${text(model.schema)}`);
      for (const each of model.uses) {
        const digest = digests.get(each);
        if (digest !== undefined) used.add(digest);
      }
    }
    const digest = sha256(JSON.stringify([[...own].sort(), [...used].sort()]));
    for (const id of component) digests.set(id, digest);
  }
  return digests;
}

function operationParts(
  operation: Operation,
  digest: (schema: Schema) => string,
): unknown[] {
  const { id, method, path, routed, params, body, answers } = operation;
  return [
    id,
    method,
    path,
    routed,
    operation.doc.deprecated === true,
    params.map((param) => paramParts(param, digest)),
    body && bodyParts(body, digest),
    answers.map(({ status, headers, media }) => [
      status,
      headers.map((header) => headerParts(header, digest)),
      media.map((each) => mediaParts(each, digest)),
    ]),
    operation.security,
    operation.policies,
    Object.entries(operation.extensions).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
}

function paramParts(
  param: Param,
  digest: (schema: Schema) => string,
): unknown[] {
  return [
    param.in,
    param.name,
    param.required,
    param.style,
    param.explode,
    param.allowReserved,
    param.allowEmptyValue,
    param.content,
    param.doc.deprecated === true,
    digest(param.schema),
  ];
}

function bodyParts(body: Body, digest: (schema: Schema) => string): unknown[] {
  return [body.required, body.media.map((each) => mediaParts(each, digest))];
}

function headerParts(
  header: Header,
  digest: (schema: Schema) => string,
): unknown[] {
  return [
    header.name,
    header.required,
    header.explode,
    header.content,
    digest(header.schema),
  ];
}

function mediaParts(
  media: Media,
  digest: (schema: Schema) => string,
): unknown[] {
  return [
    media.type,
    digest(media.schema),
    media.item && digest(media.item),
    media.encoding.map((each) => encodingParts(each, digest)),
    media.positions && [
      media.positions.prefix.map((each) => encodingParts(each, digest)),
      media.positions.item && encodingParts(media.positions.item, digest),
    ],
  ];
}

function encodingParts(
  { headers, ...rest }: Encoding,
  digest: (schema: Schema) => string,
): unknown[] {
  return [rest, headers.map((header) => headerParts(header, digest))];
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
