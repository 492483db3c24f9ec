/** Room `model`: a `discriminator` as it is written, with the targets of its mapping. */
import type { Origin } from "../lint/diagnostic.js";
import type { Json } from "../load/document.js";
import { below } from "./below.js";
import { isObject, member, objectMember, textMember } from "./member.js";
import type { SchemaPlace } from "./schema-place.js";
import type { ModelId } from "./schema.js";

export interface Discriminator {
  property: string;
  /** Values in document order; a target that does not exist is left out. */
  mapping: { value: string; model: ModelId; origin: Origin }[];
  /** 3.2: for values that are not mapped, or no value. */
  otherwise?: ModelId;
  origin: Origin;
}

/** Read while schemas are built: what a mapping leads to becomes a model as the target of any reference does. */
export function buildDiscriminator(
  place: SchemaPlace,
): Discriminator | undefined {
  const { node } = place;
  const written = member(node, "discriminator");
  const origin = below(place.origin, "discriminator");
  if (!isObject(written)) return undefined;
  const property = textMember(written, "propertyName");
  if (property === undefined) return undefined;
  const mapping: Discriminator["mapping"] = [];
  for (const [value, target] of Object.entries(
    objectMember(written, "mapping") ?? {},
  )) {
    const at = below(origin, "mapping", value);
    const model = resolve(target, place);
    if (model) mapping.push({ value, model, origin: at });
  }
  const read: Discriminator = { property, mapping, origin };
  const fallback = textMember(written, "defaultMapping");
  if (fallback !== undefined) {
    const model = resolve(fallback, place);
    if (model) read.otherwise = model;
  }
  return read;
}

/** Undefined for a target that does not exist: the linter has said so. */
function resolve(target: Json, place: SchemaPlace): ModelId | undefined {
  const found =
    typeof target === "string"
      ? place.document.mappingTarget(place.holder, target)
      : undefined;
  return found && place.refer(found);
}
