/** Room `load`: the loaded document, with its references as graph edges (types only). */
import type { Origin } from "../lint/diagnostic.js";

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** One file that was read. `path` is how users are told about it: relative to the working folder, with `/`. */
export interface SourceFile {
  path: string;
  text: string;
  json: Json;
}

/** The schema dialect that holds at a place. */
export type Dialect =
  /** OpenAPI 3.0's dialect: `nullable`, boolean `exclusiveMaximum`, siblings of `$ref` ignored. */
  | "3.0"
  /** JSON Schema 2020-12 as OpenAPI 3.1 and 3.2 use it: known formats are asserted. */
  | "3.1"
  /** JSON Schema 2020-12 named explicitly (`$schema`, `jsonSchemaDialect`): `format` is an annotation, as that dialect says. */
  | "2020-12"
  /** A dialect whose meta-schema leaves out the validation vocabulary: only applicators assert. */
  | "2020-12-applicators";

/** What a node is, by the place where it stands. */
export type NodeKind =
  | "document"
  | "info"
  | "contact"
  | "license"
  | "server"
  | "serverVariable"
  | "paths"
  | "pathItem"
  | "operation"
  | "externalDocs"
  | "parameter"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "responses"
  | "response"
  | "header"
  | "schema"
  | "discriminator"
  | "xml"
  | "example"
  | "link"
  | "callback"
  | "securityScheme"
  | "oauthFlows"
  | "oauthFlow"
  | "securityRequirement"
  | "tag"
  | "components";

/** Where a reference leads: the node itself (an object; booleans for schemas), and its place. */
export interface Target {
  node: Json;
  origin: Origin;
}

/** The answer to `$dynamicRef`: what it leads to without a dynamic scope, and the anchor it looks for (absent: it is a plain reference). */
export interface DynamicTarget extends Target {
  anchor?: string;
}

export interface VisitStart {
  node: JsonObject;
  kind: NodeKind;
  origin: Origin;
}

export interface Document {
  /** The entry document. */
  root: JsonObject;
  /** `3.0`, `3.1` or `3.2`. */
  version: "3.0" | "3.1" | "3.2";
  /** Entry first, then in the order they were reached. */
  files: SourceFile[];
  /** Digest (hex SHA-256) over the texts of all files and their paths relative to the entry. */
  digest: string;
  /** Where the entry document stands: the origin of the root. */
  origin: Origin;
  /**
   * The node that a `$ref` of this object leads to, in one step (the target may be a reference itself). `undefined`: the
   * reference was reported as broken by the loader. Works for `$ref` in any place where the specification has references.
   */
  target(holder: JsonObject): Target | undefined;
  /** The same for `$dynamicRef` of a schema. */
  dynamicTarget(holder: JsonObject): DynamicTarget | undefined;
  /**
   * What a value of `discriminator.mapping` leads to: a component by name, else a URI reference; only among what is loaded.
   * `schema` is the schema that has the discriminator.
   */
  mappingTarget(schema: JsonObject, value: string): Target | undefined;
  /** `$dynamicAnchor`s of the schema resource that this schema is the root of: name → schema. Empty for others. */
  dynamicAnchors(schemaResourceRoot: JsonObject): ReadonlyMap<string, Target>;
  /** The root of the schema resource (nearest `$id`, else the document's own root object) that this schema object lies in. */
  resourceRoot(schema: JsonObject): JsonObject;
  /** The dialect of a schema object. */
  dialect(schema: JsonObject): Dialect;
  /**
   * Calls back for every node of the document and of what it refers to, once each, with its place in its own file; given
   * `starts`, for these and for all that they refer to.
   */
  visit(
    enter: (node: JsonObject, kind: NodeKind, origin: Origin) => void,
    starts?: readonly VisitStart[],
  ): void;
  /** Where the text of a place stands: another file, when a `$ref` was replaced by its target (`paths: { $ref: paths.yaml }`). */
  written(origin: Origin): Origin;
  /**
   * The bundled document: one file, no external reference, same OpenAPI version and order as the source, external parts
   * moved into `components` under names taken from their file names. What the service serves as `openapi.json`.
   */
  bundle(): JsonObject;
}
