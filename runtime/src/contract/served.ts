/** Room `contract`: what a generated router serves, for those who put several together or list them. */
import type { DocumentFacts } from "./document-facts.js";
import type { Route } from "./route.js";

export interface Served {
  readonly routes: readonly Route[];
  readonly facts: DocumentFacts;
}

const known = new WeakMap<object, Served>();

export function remember(router: object, served: Served): void {
  known.set(router, served);
}

/** Throws for anything but a router that generated code has made. */
export function servedBy(router: object): Served {
  const served = known.get(router);
  if (served === undefined) {
    throw new TypeError("this is no router of a generated `createRouter`");
  }
  return served;
}
