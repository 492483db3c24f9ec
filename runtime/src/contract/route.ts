/** Room `contract`: one line of the generated route table. */
import type { SecurityRequirement } from "./security.js";

/** Enough to route, to authorize and to check handlers, without the operation's code. */
export interface Route {
  /** Identifier of the operation: method of the group's handlers, key of `use`. */
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** The path key of the document. */
  readonly path: string;
  /** Key of the group in the handlers. */
  readonly group: string;
  readonly tags?: readonly string[];
  /** OR of AND; absent or `[]` is open. */
  readonly security?: readonly SecurityRequirement[];
  /** Whether the operation has policies: then its module is loaded before anything else happens to a request. */
  readonly policies?: boolean;
  /** Header fields that it reads and that browsers do not send unasked, in lower case. */
  readonly requestHeaders?: readonly string[];
  /** Header fields that its answers declare, in lower case. */
  readonly responseHeaders?: readonly string[];
  /** Imports the group's module. */
  readonly load: () => Promise<object>;
  /** Imports the checks of the module's answers (`ResponseChecks`, as `checks`), which only `validateResponses` has a use for. */
  readonly checks?: () => Promise<object>;
  /** The operation's export in that module, when it is not `id`. */
  readonly export?: string;
}
