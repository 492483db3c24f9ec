/** Bare Koa: no router, no validation. */
import Koa from "koa";
import { createThing, findThing, listThings } from "../things.js";
import { listening, readText } from "./listening.js";

const PREFIX = "/things/";

export function serve() {
  const app = new Koa();
  app.use(async (ctx) => {
    if (ctx.method === "POST") {
      ctx.status = 201;
      ctx.body = createThing(JSON.parse(await readText(ctx.req)));
    } else if (ctx.path.startsWith(PREFIX)) {
      ctx.body = findThing(ctx.path.slice(PREFIX.length));
    } else {
      const { query } = ctx;
      ctx.body = listThings({
        page: Number(query.page ?? 1),
        limit: Number(query.limit ?? 20),
        state: query.state,
        minPrice: Number(query.minPrice ?? 0),
      });
    }
  });
  return listening(app.listen(0, "127.0.0.1"));
}
