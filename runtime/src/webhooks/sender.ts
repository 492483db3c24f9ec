/** Room `webhooks`: a function that sends one kind of request. */
import type { Outgoing, Sender } from "../contract/webhooks.js";

/** What sends is loaded with the first request: services that send nothing load nothing. */
export function sender<Request>(outgoing: Outgoing): Sender<Request> {
  return async (target, message, options = {}) => {
    const { deliver } = await import("./deliver.js");
    return deliver(outgoing, target, message, options);
  };
}
