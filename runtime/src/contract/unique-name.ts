/** Room `contract`: names that nobody else gives, neither in this process nor in another one. */
import { randomBytes } from "node:crypto";

let prefix: string | undefined;
let given = 0;

/** Not secret: the next one can be guessed from this one. */
export function uniqueName(): string {
  prefix ??= randomBytes(12).toString("base64url");
  return `${prefix}.${given++}`;
}
