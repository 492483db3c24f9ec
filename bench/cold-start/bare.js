/** Bare Koa with one route, to compare with. */
import Koa from "koa";

const app = new Koa();
app.use((ctx) => {
  if (ctx.path.endsWith("/members")) ctx.body = [];
});
const server = app.listen(0, "127.0.0.1", () => {
  process.send({ port: server.address().port });
});
process.on("message", () => process.send(process.memoryUsage()));
process.on("disconnect", () => process.exit());
