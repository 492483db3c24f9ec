/** Room `examples`: whether a value of the document is what its schema allows, with bounded effort. */
import type { Json } from "../load/document.js";
import type { Model, ModelId, Schema } from "../model/schema.js";
import { holds } from "../sample/holds.js";
import type { Direction } from "../sample/sampling.js";
import { findFault, type Fault } from "./find-fault.js";

/** References followed for one value: schemas that refer to each other can lead on in exponentially many ways. */
const EFFORT = 20_000;
/** And for a whole document: a second or two of work. */
const EFFORT_OF_ALL = 2_000_000;

/** `undefined`: the value is fine. `unknown`: it would take too long to tell. */
export type Verdict = Fault | "unknown" | undefined;

/** `side`: whose words a fault is told in. */
export type Judge = (schema: Schema, value: Json, side: Direction) => Verdict;

class EffortError extends Error {}

/** An example may leave out what only the other side sends, whichever side it is for. */
export function openJudge(models: ReadonlyMap<ModelId, Model>): Judge {
  let all = EFFORT_OF_ALL;
  return (schema, value, side) => {
    let left = Math.min(EFFORT, all);
    const model = (id: ModelId): Schema => {
      const found = models.get(id);
      if (found === undefined || left <= 0) throw new EffortError();
      left -= 1;
      all -= 1;
      return found.schema;
    };
    const isFine = (direction: Direction) =>
      holds(schema, value, { model, direction });
    try {
      if (isFine("response") || isFine("request")) return undefined;
      return findFault(schema, value, { model, direction: side });
    } catch (error) {
      if (error instanceof EffortError) return "unknown";
      throw error;
    }
  };
}
