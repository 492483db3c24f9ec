/** Room `load`: the meta-schemas that documents may refer to without a network. */
import type { Json } from "../document.js";
import { JSON_SCHEMA_2020_12 } from "./json-schema-2020-12.js";
import { JSON_SCHEMA_DRAFT_07 } from "./json-schema-draft-07.js";
import { OPENAPI_3_1 } from "./openapi-3.1.js";

const BUILT_IN: ReadonlyMap<string, Json> = new Map([
  ...JSON_SCHEMA_2020_12,
  ...OPENAPI_3_1,
  ...JSON_SCHEMA_DRAFT_07,
]);

export function builtInMetaSchema(uri: string): Json | undefined {
  return BUILT_IN.get(uri);
}
