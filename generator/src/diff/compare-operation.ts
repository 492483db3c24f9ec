/** Room `diff`: one operation in both versions. */
import type { Api, Operation } from "../model/api.js";
import type { Sides, TouchedOperation } from "./change.js";
import { compareAnswers } from "./compare-answers.js";
import { compareBodies } from "./compare-bodies.js";
import { compareLinks } from "./compare-links.js";
import { compareParams } from "./compare-params.js";
import { compareSecurity } from "./compare-security.js";
import { type Entry, type Ledger, type Part } from "./ledger.js";
import { compareLifecycle } from "./lifecycle.js";
import type { ComparePair, Writing } from "./schema-graph.js";
import type { Schema } from "../model/schema.js";
import type { Direction } from "./change.js";

export interface DiffContext {
  ledger: Ledger;
  schemas: Record<Direction, ComparePair>;
  apis: Sides<Api>;
}

/** What the comparisons of an operation's parts work with. */
export interface OperationDiff extends Sides<Operation> {
  add(entry: Entry): void;
  schema(
    part: Part,
    place: string,
    before: Schema,
    after: Schema,
    writing: Writing,
  ): void;
}

export function compareOperation(
  { before, after }: Sides<Operation>,
  { ledger, schemas, apis }: DiffContext,
): void {
  compareLifecycle({ before, after }, ledger);
  const touched: TouchedOperation = { before, after };
  const diff: OperationDiff = {
    before,
    after,
    add: (entry) => ledger.add(entry, touched),
    schema(part, place, one, two, writing) {
      const compare =
        schemas[part.startsWith("request") ? "request" : "response"];
      const places = { before: one.origin, after: two.origin };
      ledger.addSchema(
        part,
        place,
        compare([one], [two], places, writing),
        touched,
      );
    },
  };
  compareSecurity(diff, apis);
  compareLinks(diff);
  // Everything else that clients can see is in the hash.
  if (before.hash === after.hash) return;
  compareParams(diff);
  compareBodies(diff);
  compareAnswers(diff);
  const demands = ({ policies }: Operation) =>
    policies.conditional?.required === true;
  if (!demands(before) && demands(after)) {
    diff.add({
      id: "precondition-became-required",
      severity: "breaking",
      message: "a write without precondition is refused now",
      before: before.origin,
      after: after.origin,
    });
  }
}
