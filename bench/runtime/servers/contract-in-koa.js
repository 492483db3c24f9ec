/** The generated router in a plain Koa. */
import Koa from "koa";
import { contractRouter } from "./contract-router.js";
import { listening } from "./listening.js";

export async function serve(_routes, folder) {
  const app = new Koa();
  app.use((await contractRouter(folder)).routes());
  return listening(app.listen(0, "127.0.0.1"));
}
