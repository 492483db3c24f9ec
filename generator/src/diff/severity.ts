/** Room `diff`: how severe a change of a schema is, by what it does to the allowed values and which way they travel. */
import type { Direction, Effect, Severity } from "./change.js";

interface Rule {
  effect: Effect;
  request?: Severity;
  response?: Severity;
}

const N: Rule = { effect: "narrows" };
const W: Rule = { effect: "widens" };
const B: Rule = { effect: "both" };
const info = { request: "info", response: "info" } as const;

/**
 * What may happen to a schema. A severity that stands here is a convention of how clients behave, and goes before the
 * effect: they send only members that are declared, and ignore members that they do not know.
 */
export const SCHEMA_RULES = {
  "value-allowed": W,
  "value-forbidden": N,
  "type-narrowed": N,
  "type-widened": W,
  "type-changed": B,
  "became-nullable": W,
  "became-not-nullable": N,
  "enum-added": N,
  "enum-removed": W,
  "enum-value-added": W,
  "enum-value-removed": N,
  "extensible-enum-value-added": { effect: "none" },
  "extensible-enum-value-removed": { effect: "none", request: "breaking" },
  "min-length-tightened": N,
  "min-length-loosened": W,
  "max-length-tightened": N,
  "max-length-loosened": W,
  "pattern-added": N,
  "pattern-removed": W,
  "pattern-changed": B,
  "format-added": N,
  "format-removed": W,
  "format-narrowed": N,
  "format-widened": W,
  "format-changed": B,
  "content-changed": {
    effect: "none",
    request: "warning",
    response: "warning",
  },
  "minimum-tightened": N,
  "minimum-loosened": W,
  "maximum-tightened": N,
  "maximum-loosened": W,
  "multiple-of-tightened": N,
  "multiple-of-loosened": W,
  "multiple-of-changed": B,
  "min-items-tightened": N,
  "min-items-loosened": W,
  "max-items-tightened": N,
  "max-items-loosened": W,
  "unique-items-added": N,
  "unique-items-removed": W,
  "contains-added": N,
  "contains-removed": W,
  "contains-tightened": N,
  "contains-loosened": W,
  "contains-changed": B,
  "unevaluated-items-added": N,
  "unevaluated-items-removed": W,
  "unevaluated-items-changed": B,
  "min-properties-tightened": N,
  "min-properties-loosened": W,
  "max-properties-tightened": N,
  "max-properties-loosened": W,
  "property-added": { effect: "narrows", ...info },
  "property-added-to-closed": {
    effect: "widens",
    ...info,
    response: "warning",
  },
  "required-property-added": N,
  "property-removed": {
    effect: "widens",
    request: "warning",
    response: "warning",
  },
  "required-property-removed": { effect: "widens", request: "warning" },
  "property-forbidden": { effect: "narrows", response: "warning" },
  "property-became-required": N,
  "property-became-optional": W,
  "property-became-read-only": { effect: "none", request: "warning" },
  "property-became-write-only": { effect: "none", response: "breaking" },
  "property-became-readable": { effect: "none" },
  "property-became-writable": { effect: "none" },
  "additional-properties-forbidden": N,
  "additional-properties-allowed": { effect: "widens", response: "warning" },
  "additional-properties-restricted": N,
  "additional-properties-unrestricted": {
    effect: "widens",
    response: "warning",
  },
  "pattern-property-added": { effect: "narrows", ...info },
  "pattern-property-removed": {
    effect: "widens",
    request: "warning",
    response: "warning",
  },
  "pattern-property-forbidden": { effect: "narrows", response: "warning" },
  "pattern-property-changed": B,
  "property-names-added": N,
  "property-names-removed": W,
  "dependent-required-added": N,
  "dependent-required-removed": W,
  "dependent-schema-added": N,
  "dependent-schema-removed": W,
  "unevaluated-properties-added": N,
  "unevaluated-properties-removed": W,
  "unevaluated-properties-changed": B,
  "union-added": N,
  "union-removed": W,
  "branch-added": W,
  "branch-removed": N,
  "any-of-became-one-of": N,
  "one-of-became-any-of": W,
  "branches-overlap": B,
  "discriminator-added": {
    effect: "narrows",
    request: "warning",
    response: "warning",
  },
  "discriminator-removed": {
    effect: "widens",
    request: "warning",
    response: "warning",
  },
  "discriminator-changed": B,
  "discriminator-value-added": W,
  "discriminator-value-removed": N,
  "not-added": N,
  "not-removed": W,
  "not-tightened": N,
  "not-loosened": W,
  "not-changed": B,
  "condition-added": N,
  "condition-removed": W,
  "condition-changed": B,
  "default-added": { effect: "none" },
  "default-changed": { effect: "none", request: "warning" },
  "default-removed": { effect: "none", request: "warning" },
  deprecated: { effect: "none" },
  undeprecated: { effect: "none" },
  "too-deep-to-compare": B,
} satisfies Record<string, Rule>;

export type SchemaChange = keyof typeof SCHEMA_RULES;

export function effectOf(what: SchemaChange): Effect {
  return SCHEMA_RULES[what].effect;
}

export function schemaSeverity(
  what: SchemaChange,
  direction: Direction,
): Severity {
  const rule: Rule = SCHEMA_RULES[what];
  const stated = rule[direction];
  if (stated !== undefined) return stated;
  switch (rule.effect) {
    case "none":
      return "info";
    case "both":
      return "breaking";
    case "narrows":
      return direction === "request" ? "breaking" : "info";
    case "widens":
      return direction === "response" ? "breaking" : "info";
  }
}

/** Of several changes together. */
export function combinedEffect(effects: Iterable<Effect>): Effect {
  let narrows = false;
  let widens = false;
  for (const each of effects) {
    if (each === "narrows" || each === "both") narrows = true;
    if (each === "widens" || each === "both") widens = true;
  }
  if (narrows) return widens ? "both" : "narrows";
  return widens ? "widens" : "none";
}

const RANKS: Record<Severity, number> = { info: 0, warning: 1, breaking: 2 };

export function severer(one: Severity, two: Severity): Severity {
  return RANKS[one] >= RANKS[two] ? one : two;
}

export function isAtLeast(severity: Severity, bound: Severity): boolean {
  return RANKS[severity] >= RANKS[bound];
}
