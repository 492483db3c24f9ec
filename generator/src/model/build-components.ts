/** Room `model`: gives the schemas under `components/schemas` their models, under their names. */
import type { Document, Json, Target } from "../load/document.js";
import { below } from "./below.js";
import type { HttpContext } from "./http-context.js";
import { isObject, objectMember } from "./member.js";

/** Called before anything else is built, so that no other place takes their names. */
export function buildComponents({ document, schemas }: HttpContext): void {
  const components = objectMember(document.root, "components");
  const named = components && objectMember(components, "schemas");
  for (const [name, node] of Object.entries(named ?? {})) {
    const origin = below(document.origin, "components", "schemas", name);
    const elsewhere = targetElsewhere(document, node);
    schemas.addComponent(name, elsewhere ?? { node, origin });
  }
}

/** `Pet: { $ref: pet.yaml }` puts a file where the component stands: they are one schema, not two of one name. */
function targetElsewhere(document: Document, node: Json): Target | undefined {
  if (!isObject(node) || typeof node["$ref"] !== "string") return undefined;
  const alone = Object.keys(node).length === 1;
  if (!alone && document.dialect(node) !== "3.0") return undefined;
  const target = document.target(node);
  return target?.origin.file === document.origin.file ? undefined : target;
}
