/** Room `load`: what a reference is resolved against: files and the schema resources in them (types only). */
import type { Json, SourceFile, Target } from "./document.js";
import type { Version } from "./grammar.js";

/** A file, as part of the graph. */
export interface LoadedFile {
  /** Where it was read from. */
  uri: string;
  source: SourceFile;
  /** The version of its own, when it is an OpenAPI document. */
  openapi?: Version;
  /** The scope at its root. */
  readonly scope: Scope;
}

/** A schema resource (JSON Schema 2020-12 section 4.3.5), or a whole file. */
export interface Resource {
  /** Its base URI, without fragment. */
  uri: string;
  root: Json;
  file: LoadedFile;
  /** Of its root, in its file. */
  pointer: string;
  anchors: Map<string, Target>;
  dynamicAnchors: Map<string, Target>;
}

/** What holds at a place of the walk. */
export interface Scope {
  resource: Resource;
  file: LoadedFile;
  /** The meta-schema that `$schema` or `jsonSchemaDialect` names; absent: the dialect of the OpenAPI version. */
  metaSchema?: string;
  /** The nearest schema around with `$recursiveAnchor: true`, as a pointer. */
  recursive?: string;
}
