/** The generated router with the handlers of the bench. */
import { join } from "node:path";
import { stubs } from "../../stubs.js";
import { createThing, findThing, listThings } from "../things.js";

export async function contractRouter(folder) {
  const { createRouter } = await import(join(folder, "generated/index.js"));
  const things = {
    async listThings({ query, reply }) {
      return reply.ok(listThings(query));
    },
    async createThing({ body, reply }) {
      return reply.created(createThing(body));
    },
    async getThing({ params, reply }) {
      return reply.ok(findThing(params.thingId));
    },
  };
  return createRouter({ ...(await stubs(folder)), things });
}
