/** The service of a large document: all groups have handlers. */
import { join } from "node:path";
import { createApp } from "@kontract/runtime";

const [folder, how] = process.argv.slice(2);
const [{ createRouter }, handlers] = await Promise.all([
  import(join(folder, "generated/index.js")),
  import(join(folder, "all-handlers.js")),
]);
const none = async ({ reply }) => reply.ok([]);
const app = createApp();
const router = createRouter(
  {
    ...handlers,
    orgs: { ...handlers.orgs, orgsListMembers: none },
    repos: { ...handlers.repos, reposListForUser: none },
    gists: { ...handlers.gists, gistsListForUser: none },
  },
  { preload: how === "preload" },
);
app.use(router.routes());
const server = app.listen(0, "127.0.0.1", () => {
  process.send({ port: server.address().port });
});
process.on("message", () => process.send(process.memoryUsage()));
process.on("disconnect", () => process.exit());
