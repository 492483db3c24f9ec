/** Room `load`: what the loader knows about the files and references of a document (types only). */
import type { DynamicTarget, Json, NodeKind, Target } from "./document.js";
import type { Place, Version } from "./grammar.js";
import type { Failure, Found, Reference } from "./reference.js";
import type { ResolverState } from "./resolve-reference.js";
import type { LoadedFile, Resource, Scope } from "./resource.js";

/** A part that was walked: the entry, and every place in other files that a reference leads to. */
export interface Area {
  node: Json;
  place: Place;
  pointer: string;
  scope: Scope;
}

export interface Graph extends ResolverState {
  version: Version;
  entry: LoadedFile;
  /** In the order in which they were reached. */
  loaded: LoadedFile[];
  files: Map<string, LoadedFile>;
  failed: Set<string>;
  resources: Map<string, Resource>;
  resourceByRoot: Map<object, Resource>;
  scopeOf: Map<object, Scope>;
  grafts: Map<string, Found>;
  /** Files that stand for a text, by URI. */
  texts: Map<string, string>;
  targets: Map<object, Target>;
  dynamicTargets: Map<object, DynamicTarget>;
  /** All `$ref`s and `$dynamicRef`s, in the order of the walk. */
  references: Reference[];
  broken: { reference: Reference; failure: Failure }[];
  /** `$ref` with something else than a text. */
  notTexts: { scope: Scope; pointer: string; value: Json }[];
  areas: Area[];
  /** Meta-schemas that the documents name, with the first place that does. */
  metaSchemas: Map<string, { scope: Scope; pointer: string }>;
  /** Of every node that was walked. */
  kinds: Map<object, NodeKind>;
  /** `$recursiveRef`s that were read as `$ref`. */
  recursive: { scope: Scope; pointer: string; text: string }[];
  /** Schema resources and anchors that were declared twice. */
  clashes: { name: string; scope: Scope; pointer: string }[];
}
