/** Room `observe`: the id by which a client's report finds its log lines; made when first asked for. */
import { randomUUID } from "node:crypto";

const ids = new WeakMap<object, string>();

/** The client's own, before anybody has asked. */
export function takeRequestId(req: object, id: string): void {
  if (!ids.has(req)) ids.set(req, id);
}

/** The same id for the same request, whoever asks. */
export function requestIdOf(req: object): string {
  let id = ids.get(req);
  if (id === undefined) {
    id = randomUUID();
    ids.set(req, id);
  }
  return id;
}
