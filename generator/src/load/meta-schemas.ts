/** Room `load`: the meta-schemas that documents may refer to without a network. */
import type { Json } from "./document.js";

export function builtInMetaSchema(uri: string): Json | undefined {
  void uri;
  return undefined;
}
