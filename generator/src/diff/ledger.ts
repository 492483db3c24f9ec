/** Room `diff`: collects changes; one that many operations share is one change with many operations. */
import type { Origin } from "../lint/diagnostic.js";
import type {
  Change,
  Direction,
  Severity,
  Sides,
  TouchedOperation,
} from "./change.js";
import type { Found, Pair } from "./schema-graph.js";
import { schemaSeverity, severer } from "./severity.js";

/** Which part of an operation a schema belongs to; the later ones give a shared change its id. */
export type Part =
  "request-parameter" | "request-body" | "response-header" | "response-body";

export interface Entry {
  id: string;
  severity: Severity;
  message: string;
  place?: string;
  before?: Origin | undefined;
  after?: Origin | undefined;
  /** Equal for what is one change; by default the id, the message and the origins. */
  key?: string;
}

export interface Ledger {
  /** `operation`: none for what concerns the whole API. */
  add(entry: Entry, operation?: TouchedOperation): void;
  /** All that was found in a pair of schemas and below. */
  addSchema(
    part: Part,
    place: string,
    pair: Pair,
    operation: TouchedOperation,
  ): void;
  changes(): Change[];
}

/** `isExempt`: changes of these operations break nobody. */
export function openLedger(
  isExempt: (operation: TouchedOperation) => boolean,
): Ledger {
  const changes = new Map<string, Change>();

  const add: Ledger["add"] = (entry, operation) => {
    const { id, message, place, before, after } = entry;
    const severity = operation && isExempt(operation) ? "info" : entry.severity;
    const key =
      entry.key ??
      [id, message, place, placeKey(before), placeKey(after)].join("\n");
    const known = changes.get(key);
    if (known) {
      known.severity = severer(known.severity, severity);
      if (id.includes("-body-")) known.id = id;
      if (
        operation &&
        !known.operations.some((each) => isSame(each, operation))
      ) {
        known.operations.push(operation);
      }
      return;
    }
    changes.set(key, {
      id,
      severity,
      message,
      ...(place !== undefined && { place }),
      operations: operation ? [operation] : [],
      ...(before && { before }),
      ...(after && { after }),
    });
  };

  return {
    add,
    addSchema(part, place, pair, operation) {
      const direction: Direction = part.startsWith("request")
        ? "request"
        : "response";
      walkPairs(pair, place, (found, at) => {
        const { what, detail, before, after } = found;
        add(
          {
            id: `${part}-${what}`,
            severity: schemaSeverity(what, direction),
            message: detail,
            place: at,
            before,
            after,
            key: [
              direction,
              what,
              detail,
              placeKey(before),
              placeKey(after),
            ].join("\n"),
          },
          operation,
        );
      });
    },
    changes: () => [...changes.values()],
  };
}

function walkPairs(
  root: Pair,
  place: string,
  visit: (found: Found, place: string) => void,
): void {
  const seen = new Set<Pair>([root]);
  const pending: { pair: Pair; base: string; path: string }[] = [
    { pair: root, base: place, path: "" },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { pair } = next;
    const base =
      pair.model === undefined ? next.base : `schema \`${pair.model}\``;
    const path = pair.model === undefined ? next.path : "";
    const shown = path.replace(/^\./, "");
    for (const found of pair.own)
      visit(found, shown === "" ? base : `${base}, \`${shown}\``);
    for (const { segment, pair: below } of pair.below.toReversed()) {
      if (seen.has(below)) continue;
      seen.add(below);
      pending.push({ pair: below, base, path: path + segment });
    }
  }
}

function placeKey(origin: Origin | undefined): string {
  return origin ? `${origin.file}#${origin.pointer}` : "";
}

function isSame(
  one: Sides<unknown> | TouchedOperation,
  two: TouchedOperation,
): boolean {
  return one.before === two.before && one.after === two.after;
}
