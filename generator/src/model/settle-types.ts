/** Room `model`: which schemas stand for types of the configuration. */
import type { Diagnostics } from "../lint/diagnostic.js";
import { below } from "./below.js";
import type { CustomValue, Schema } from "./schema.js";

/** The part of the configuration that says what handlers see. */
export interface TypeOptions {
  formats?: Readonly<Record<string, string>>;
  types?: Readonly<Record<string, Omit<CustomValue, "key">>>;
  /** Handlers see what is on the wire, whatever the others say. */
  wireValues?: boolean;
}

const BUILT_IN: ReadonlyMap<string, CustomValue> = new Map([
  ["Date", { key: "Date", type: "Date" }],
  ["bigint", { key: "bigint", type: "bigint" }],
]);

/** `x-ts-type` goes before `format`: it is said of one schema. Values that are listed stay what they are. */
export function settleTypes(
  schemas: Iterable<Schema>,
  { formats = {}, types = {}, wireValues = false }: TypeOptions,
  diagnostics: Diagnostics,
): void {
  if (wireValues) return;
  const known = new Map(BUILT_IN);
  for (const [key, type] of Object.entries(types)) {
    known.set(key, { ...type, key });
  }
  const byFormat = new Map(Object.entries(formats));
  for (const schema of schemas) {
    const named =
      schema.typeName === undefined ? undefined : known.get(schema.typeName);
    if (schema.typeName !== undefined && named === undefined) {
      diagnostics.warning(
        "KT3122",
        below(schema.origin, "x-ts-type"),
        `\`${schema.typeName}\` is no key of the config's \`types\``,
        { help: "add it to `types` of the config, or leave `x-ts-type` out" },
      );
    }
    const custom = named ?? known.get(byFormat.get(schema.format ?? "") ?? "");
    if (custom && isScalar(schema)) {
      schema.custom = { ...custom, ...wireOf(schema) };
    }
  }
}

function wireOf({ format, types }: Schema): Pick<CustomValue, "wire"> {
  if (format === "date") return { wire: "day" };
  return types?.includes("string") ? { wire: "text" } : {};
}

/** Text or a number and, beside it, perhaps null. */
function isScalar({ types, values }: Schema): boolean {
  const scalar = (types ?? []).filter((type) => type !== "null");
  return (
    values === undefined &&
    scalar.length > 0 &&
    scalar.every((type) => ["string", "integer", "number"].includes(type))
  );
}
