/** Room `emit`: a file is taken over from an earlier run where nothing that it is made of has changed. */
import { createHash } from "node:crypto";
import type { Operation } from "../model/api.js";
import type { Model, ModelId } from "../model/schema.js";
import type { FilePath, Layout } from "../name/layout.js";
import type { ContractKeys } from "./contract.js";

/** What a file is made of, in the manifest. */
export interface PartRecord {
  path: string;
  /** Digest over all that its text depends on, but for what others ask of it. */
  inputs: string;
  /** The functions in it that others ask for, each with those of other models that it calls; `*` is the file itself. */
  calls: Record<string, string>;
}

/** Files of an earlier run of this build with these options, as far as they stand on disk unchanged. */
export interface Earlier {
  record(path: string): PartRecord | undefined;
  text(path: string): string | undefined;
}

export const WHOLE_FILE = "*";

/** Digests over operations and models, with all that these refer to and all names in them. */
export interface Ingredients {
  /** 32 hex digits. Types are made of less than the rest: many edits leave them alone. */
  digest(
    kind: "types" | "all",
    operations: readonly Operation[],
    models: readonly Model[],
    salt?: string,
  ): string;
  /** The models themselves and all that is referred to, in an order that depends on nothing else. */
  reached(
    operations: readonly Operation[],
    models: readonly Model[],
  ): Set<ModelId>;
}

export function createIngredients(
  layout: Layout,
  keys: ContractKeys,
): Ingredients {
  const { groups: _groups, outgoing: _outgoing, models, ...rest } = layout.api;
  const common = JSON.stringify(rest);

  const digestOfModel = memo((id: ModelId) =>
    sha256([
      models.get(id),
      layout.model(id),
      keys(id, "input"),
      keys(id, "output"),
    ]),
  );
  const digestsOf = memo((operation: Operation) => {
    const { method, path, params, body, answers, ...others } = operation;
    const names = layout.operation(operation);
    const types = sha256([method, path, params, body, answers, names]);
    return { types, all: sha256([types, others]) };
  });

  const reached: Ingredients["reached"] = (operations, own) => {
    const found = new Set<ModelId>(own.map(({ id }) => id));
    for (const { uses } of operations) for (const id of uses) found.add(id);
    // a set that grows while it is walked
    for (const id of found) {
      for (const used of models.get(id)?.uses ?? []) found.add(used);
    }
    return found;
  };

  return {
    reached,
    digest(kind, operations, own, salt = "") {
      const hash = createHash("sha256");
      hash.update(salt);
      if (kind === "all") hash.update(common);
      for (const operation of operations) {
        hash.update(digestsOf(operation)[kind]);
      }
      for (const { id } of own) hash.update(`${id}\n`);
      for (const id of reached(operations, own)) hash.update(digestOfModel(id));
      return hash.digest("hex").slice(0, 32);
    },
  };
}

function memo<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}

function sha256(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** What this run takes over, and what the next one may. */
export interface Reuse {
  ingredients: Ingredients;
  records: PartRecord[];
  texts: Map<FilePath, string>;
  /** What an earlier run noted of the file when it was made of the same. */
  record(path: FilePath, inputs: string): PartRecord | undefined;
  /** Takes the file over; `false` when its text is not there any more. */
  take(path: FilePath, record: PartRecord): boolean;
  note(path: FilePath, inputs: string, calls: PartRecord["calls"]): void;
}

export function createReuse(
  ingredients: Ingredients,
  earlier: Earlier | undefined,
): Reuse {
  const records: PartRecord[] = [];
  const texts = new Map<FilePath, string>();
  return {
    ingredients,
    records,
    texts,
    record(path, inputs) {
      const record = earlier?.record(path);
      return record?.inputs === inputs ? record : undefined;
    },
    take(path, record) {
      const text = earlier?.text(path);
      if (text === undefined) return false;
      texts.set(path, text);
      records.push(record);
      return true;
    },
    note(path, inputs, calls) {
      records.push({ path, inputs, calls });
    },
  };
}
