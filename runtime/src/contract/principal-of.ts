/** Room `contract`: the principal of one security scheme. */
import type { Principals } from "./principals.js";

/** `Principals[Scheme]` where the user declared it, else `{ id: string }`. */
export type PrincipalOf<Scheme extends string> = Scheme extends keyof Principals
  ? Principals[Scheme]
  : { id: string };
