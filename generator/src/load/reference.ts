/** Room `load`: a reference that the typed walk has found, and what resolving it may answer (types only). */
import type { Json, JsonObject, Target } from "./document.js";
import type { Place } from "./grammar.js";
import type { LoadedFile, Scope } from "./resource.js";

export interface Reference {
  /** The object with the `$ref`. */
  holder: JsonObject;
  /** As written. */
  text: string;
  /**
   * `graft`: a `$ref` where the specification has none; the target takes the place of the holder. `text`: the same for a
   * description that stands in a file of its own.
   */
  form: "ref" | "dynamic" | "graft" | "text";
  place: Place;
  scope: Scope;
  /** Of the holder, in the file of its scope. */
  pointer: string;
  /** For grafts and texts: where the holder stands. */
  slot?: Slot;
}

export interface Slot {
  parent: JsonObject | Json[];
  key: string | number;
  /** Grafts that led to the holder, one after the other. */
  hops: number;
}

/** A place that a reference leads to. */
export interface Found {
  node: Json;
  target: Target;
  file: LoadedFile;
  pointer: string;
  scope: Scope;
}

export type Resolution =
  | { state: "found"; found: Found }
  /** A file has to be read first. */
  | { state: "wait"; uri: string }
  | { state: "failed"; failure: Failure };

export type Failure =
  | { kind: "no-uri" }
  /** No file or schema resource has this URI. */
  | { kind: "unreadable"; uri: string }
  | {
      kind: "no-member";
      file: LoadedFile;
      parent: string;
      key: string;
      known: string[];
    }
  | { kind: "no-anchor"; name: string }
  | { kind: "endless" }
  | { kind: "wrong-kind"; expected: string; found: string; at: Found };
