/** Handlers of the group `partners`. */
import type { PartnersHandlers } from "../../../generated/index.js";
import { database } from "../database.js";
import { everyBook } from "../storage/books.js";
import { insertSubscription } from "../storage/subscriptions.js";

export const partners: PartnersHandlers = {
  async exportBooks({ reply }) {
    return reply.ok(everyBook(database()));
  },

  async subscribe({ body, principal, reply }) {
    const { id } = principal;
    return reply.created(await insertSubscription(database(), id, body.url));
  },
};
