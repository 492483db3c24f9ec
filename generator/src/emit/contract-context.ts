/** Room `emit`: the settings of openapi-typescript: exact types, and nothing that it would look up itself. */
import type { JsonObject } from "../load/document.js";

export function contextOf(document: JsonObject) {
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    conditionalEnums: false,
    dedupeEnums: false,
    excludeDeprecated: false,
    exportType: false,
    immutable: false,
    rootTypes: false,
    rootTypesNoSchemaPrefix: false,
    rootTypesKeepCasing: false,
    injectFooter: [],
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    redoc: undefined,
    silent: true,
    inject: undefined,
    transformProperty: undefined,
    makePathsEnum: false,
    generatePathParams: false,
    readWriteMarkers: false,
    resolve: (reference: string) => resolve(document, reference),
  };
}

function resolve(document: JsonObject, reference: string): unknown {
  let node: unknown = document;
  for (const token of reference.slice(2).split("/")) {
    const key = decodeURIComponent(token)
      .replace(/~1/g, "/")
      .replace(/~0/g, "~");
    if (typeof node !== "object" || node === null) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}
