/** Room `lint`: what a rule is, and what it is given (types only). */
import type { Document, JsonObject, NodeKind } from "../load/document.js";
import type { Diagnostics, Origin } from "./diagnostic.js";

/** A node with its place in its own file. */
export interface Standing {
  node: JsonObject;
  origin: Origin;
}

/** An operation below `paths` or `webhooks`, references followed. */
export interface OperationStanding extends Standing {
  method: string;
  /** The key of `paths` as written; absent for webhooks. */
  path?: string;
  /** Its path items, the one that refers before the one it refers to. */
  items: Standing[];
  /** Where `paths` or `webhooks` lists it. */
  pathOrigin: Origin;
}

export interface RuleContext {
  document: Document;
  diagnostics: Diagnostics;
  operations: readonly OperationStanding[];
  /** Follows references to their end; `undefined`: a broken one, which the loader has reported. */
  follow(node: JsonObject, origin: Origin): Standing | undefined;
}

export type VisitNode = (
  node: JsonObject,
  origin: Origin,
  context: RuleContext,
) => void;

/** One rule, one file. A rule that looks at single nodes names their kind; others look at the whole document. */
export interface Rule {
  nodes?: Partial<Record<NodeKind, VisitNode>>;
  /** Every kind. */
  anyNode?: (
    node: JsonObject,
    kind: NodeKind,
    origin: Origin,
    context: RuleContext,
  ) => void;
  whole?: (context: RuleContext) => void;
}

/** Rules that gather while the nodes go by and judge at the end are made anew for each document. */
export type MakeRule = () => Rule;
