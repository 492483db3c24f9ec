/** The generated router in `createApp()`. */
import { createApp } from "@kontract/runtime";
import { contractRouter } from "./contract-router.js";
import { listening } from "./listening.js";

export async function serve(_routes, folder) {
  const app = createApp();
  app.use((await contractRouter(folder)).routes());
  return listening(app.listen(0, "127.0.0.1"));
}
