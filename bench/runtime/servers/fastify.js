/** Fastify 5 with every request and response schema. */
import fastify from "fastify";
import {
  listQuery,
  otherPaths,
  thing,
  thingInput,
  thingList,
} from "../document.js";
import { createThing, findThing, listThings } from "../things.js";

export async function serve(routes) {
  const app = fastify();
  for (const path of otherPaths(routes)) {
    app.get(path, noContent);
    app.post(path, noContent);
    app.get(`${path}/:area`, noContent);
  }
  const params = {
    type: "object",
    required: ["thingId"],
    properties: { thingId: { type: "string", format: "uuid" } },
  };
  const querystring = { type: "object", properties: listQuery };
  app.get(
    "/things",
    { schema: { querystring, response: { 200: thingList(thing) } } },
    (request, reply) => {
      reply.send(listThings(request.query));
    },
  );
  app.post(
    "/things",
    { schema: { body: thingInput, response: { 201: thing } } },
    (request, reply) => {
      reply.code(201).send(createThing(request.body));
    },
  );
  app.get(
    "/things/:thingId",
    { schema: { params, response: { 200: thing } } },
    (request, reply) => {
      reply.send(findThing(request.params.thingId));
    },
  );
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server;
}

function noContent(_request, reply) {
  reply.code(204).send();
}
