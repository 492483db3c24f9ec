/** Room `lint`: runs every rule over the document, in one walk. */
import type { Document, JsonObject, NodeKind } from "../load/document.js";
import { isObject } from "../load/member.js";
import { mayRefer } from "../load/grammar.js";
import {
  type Diagnostic,
  Diagnostics,
  type Origin,
  type Staged,
} from "./diagnostic.js";
import { listOperations } from "./list-operations.js";
import type { Rule, RuleContext, Standing, VisitNode } from "./rule.js";
import { makeRules } from "./rules/index.js";
import { OPT_IN } from "./rules/style/index.js";

export interface LintOptions {
  /** The rules of style as well, which say nothing about what is generated. */
  style?: boolean;
  /** Warnings by code: `off` drops one, `error` makes it count as an error. Errors cannot be weakened. */
  severities?: Readonly<Record<string, "off" | "warning" | "error">>;
}

export function lintDocument(
  document: Document,
  options: LintOptions = {},
): Staged<Document> {
  const diagnostics = new Diagnostics();
  const context: RuleContext = {
    document,
    diagnostics,
    operations: listOperations(document),
    follow: (node, origin) => follow(document, node, origin),
  };
  const rules = makeRules(options.style ?? false);
  visitNodes(document, rules, context);
  for (const rule of rules) rule.whole?.(context);
  return {
    value: document,
    diagnostics: withSeverities(diagnostics.list, options),
  };
}

function visitNodes(
  document: Document,
  rules: readonly Rule[],
  context: RuleContext,
): void {
  const byKind = new Map<NodeKind, VisitNode[]>();
  const anyNode = rules.flatMap((rule) => rule.anyNode ?? []);
  document.visit((node, kind, origin) => {
    // What stands in the place of a reference is looked at where it really is.
    if (isReference(node, kind)) return;
    for (const visit of anyNode) visit(node, kind, origin, context);
    let visits = byKind.get(kind);
    if (visits === undefined) {
      visits = rules.flatMap((rule) => rule.nodes?.[kind] ?? []);
      byKind.set(kind, visits);
    }
    for (const visit of visits) visit(node, origin, context);
  });
}

/** Schemas and path items may have fields beside `$ref`, so they are looked at in any case. */
function isReference(node: JsonObject, kind: NodeKind): boolean {
  return (
    kind !== "schema" &&
    kind !== "pathItem" &&
    mayRefer(kind) &&
    Object.hasOwn(node, "$ref")
  );
}

function follow(
  document: Document,
  node: JsonObject,
  origin: Origin,
): Standing | undefined {
  const seen = new Set<JsonObject>();
  let at: Standing = { node, origin };
  while (Object.hasOwn(at.node, "$ref")) {
    if (seen.has(at.node)) return undefined;
    seen.add(at.node);
    const target = document.target(at.node);
    if (target === undefined || !isObject(target.node)) return undefined;
    at = { node: target.node, origin: target.origin };
  }
  return at;
}

/** The user's wishes about warnings. */
export function withSeverities(
  diagnostics: readonly Diagnostic[],
  options: LintOptions,
): Diagnostic[] {
  const severities = new Map(Object.entries(options.severities ?? {}));
  return diagnostics.flatMap((each) => {
    const fallback = OPT_IN.has(each.code) ? "off" : undefined;
    const wish = severities.get(each.code) ?? fallback;
    if (each.severity === "error" || wish === undefined) return [each];
    return wish === "off" ? [] : [{ ...each, severity: wish }];
  });
}
