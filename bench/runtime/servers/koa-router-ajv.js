/** What is written by hand today: Koa, @koa/router, compiled Ajv validators. */
import Router from "@koa/router";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import Koa from "koa";
import { listQuery, otherPaths, thingInput } from "../document.js";
import { createThing, findThing, listThings } from "../things.js";
import { listening, readText } from "./listening.js";

export function serve(routes) {
  const ajv = new Ajv.default({ allErrors: true });
  const coercing = new Ajv.default({
    allErrors: true,
    coerceTypes: true,
    useDefaults: true,
  });
  addFormats.default(ajv);
  const isInput = ajv.compile(thingInput);
  const isId = ajv.compile({ type: "string", format: "uuid" });
  const isQuery = coercing.compile({ type: "object", properties: listQuery });

  const router = new Router();
  const others = otherPaths(routes);
  const half = others.length >> 1;
  const addOther = (path) => {
    router.get(path, noContent).post(path, noContent);
    router.get(`${path}/:area`, noContent);
  };
  others.slice(0, half).forEach(addOther);
  router.get("/things", (ctx) => {
    const query = { ...ctx.query };
    if (isQuery(query)) ctx.body = listThings(query);
    else refuse(ctx, 400, isQuery.errors);
  });
  router.post("/things", async (ctx) => {
    const body = JSON.parse(await readText(ctx.req));
    if (!isInput(body)) return refuse(ctx, 422, isInput.errors);
    ctx.status = 201;
    ctx.body = createThing(body);
  });
  router.get("/things/:thingId", (ctx) => {
    const { thingId } = ctx.params;
    if (isId(thingId)) ctx.body = findThing(thingId);
    else refuse(ctx, 400, isId.errors);
  });
  others.slice(half).forEach(addOther);

  const app = new Koa();
  app.use(router.routes());
  app.use(router.allowedMethods());
  return listening(app.listen(0, "127.0.0.1"));
}

function noContent(ctx) {
  ctx.status = 204;
}

function refuse(ctx, status, errors) {
  ctx.status = status;
  ctx.body = {
    type: "about:blank",
    title: "Invalid request",
    status,
    errors: errors.map(({ instancePath, message }) => ({
      at: instancePath,
      message,
    })),
  };
  ctx.type = "application/problem+json";
}
