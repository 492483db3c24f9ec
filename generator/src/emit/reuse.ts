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
export class Ingredients {
  readonly #layout: Layout;
  readonly #keys: ContractKeys;
  readonly #common: string;
  readonly #models = new Map<ModelId, string>();
  readonly #operations = new Map<Operation, { types: string; all: string }>();

  constructor(layout: Layout, keys: ContractKeys) {
    this.#layout = layout;
    this.#keys = keys;
    const { groups: _groups, models: _models, ...common } = layout.api;
    this.#common = JSON.stringify(common);
  }

  /** 32 hex digits. Types are made of less than the rest: many edits leave them alone. */
  digest(
    kind: "types" | "all",
    operations: readonly Operation[],
    models: readonly Model[],
  ): string {
    const hash = createHash("sha256");
    if (kind === "all") hash.update(this.#common);
    for (const operation of operations) {
      hash.update(this.#operation(operation)[kind]);
    }
    for (const { id } of models) hash.update(`${id}\n`);
    for (const id of this.reached(operations, models)) {
      hash.update(this.#model(id));
    }
    return hash.digest("hex").slice(0, 32);
  }

  /** The models themselves and all that is referred to, in an order that depends on nothing else. */
  reached(
    operations: readonly Operation[],
    models: readonly Model[],
  ): Set<ModelId> {
    const found = new Set<ModelId>(models.map(({ id }) => id));
    for (const { uses } of operations) for (const id of uses) found.add(id);
    // a set that grows while it is walked
    for (const id of found) {
      for (const used of this.#layout.api.models.get(id)?.uses ?? []) {
        found.add(used);
      }
    }
    return found;
  }

  #operation(operation: Operation): { types: string; all: string } {
    let digests = this.#operations.get(operation);
    if (digests === undefined) {
      const { method, path, params, body, answers, ...rest } = operation;
      const names = this.#layout.operation(operation);
      const types = sha256([method, path, params, body, answers, names]);
      digests = { types, all: sha256([types, rest]) };
      this.#operations.set(operation, digests);
    }
    return digests;
  }

  #model(id: ModelId): string {
    let digest = this.#models.get(id);
    if (digest === undefined) {
      digest = sha256([
        this.#layout.api.models.get(id),
        this.#layout.model(id),
        this.#keys(id, "input"),
        this.#keys(id, "output"),
      ]);
      this.#models.set(id, digest);
    }
    return digest;
  }
}

function sha256(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** What this run takes over, and what the next one may. */
export class Reuse {
  readonly ingredients: Ingredients;
  readonly records: PartRecord[] = [];
  readonly texts = new Map<FilePath, string>();
  readonly #earlier: Earlier | undefined;

  constructor(ingredients: Ingredients, earlier: Earlier | undefined) {
    this.ingredients = ingredients;
    this.#earlier = earlier;
  }

  /** What an earlier run noted of the file when it was made of the same. */
  record(path: FilePath, inputs: string): PartRecord | undefined {
    const record = this.#earlier?.record(path);
    return record?.inputs === inputs ? record : undefined;
  }

  /** Takes the file over; `false` when its text is not there any more. */
  take(path: FilePath, record: PartRecord): boolean {
    const text = this.#earlier?.text(path);
    if (text === undefined) return false;
    this.texts.set(path, text);
    this.records.push(record);
    return true;
  }

  note(path: FilePath, inputs: string, calls: PartRecord["calls"]): void {
    this.records.push({ path, inputs, calls });
  }
}
