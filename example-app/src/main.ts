/** Starts the bookstore: opens the database, listens, and ends in good order. */
import { createHealth, shutDownOnSignal } from "@kontract/runtime/health";
import { createBookstore } from "./bookstore.js";
import { useDatabase } from "./database.js";
import { openDatabase } from "./storage/open-database.js";
import { ping } from "./storage/ping.js";

const DEMO_KEY = "staff-demo-key";

const { env } = process;
const staffKey = env["BOOKSTORE_STAFF_KEY"] ?? DEMO_KEY;
if (env["NODE_ENV"] === "production" && staffKey === DEMO_KEY) {
  process.stderr.write(
    "BOOKSTORE_STAFF_KEY must be set in production: the demo key is public\n",
  );
  process.exit(1);
}

const database = await openDatabase({
  url: env["DATABASE_URL"],
  folder: env["BOOKSTORE_DATA"],
  onError: (error) => process.stderr.write(`database: ${error.message}\n`),
});
useDatabase(database);

const health = createHealth({ checks: { database: () => ping(database) } });
const server = createBookstore({ staffKey, health }).listen(
  Number(env["PORT"] ?? 3000),
  () => {
    const address = server.address();
    const port =
      typeof address === "object" && address !== null ? address.port : "?";
    const url = `http://localhost:${port}`;
    process.stdout.write(
      `Bookstore on ${url} (${database.driver}). Open ${url}/docs, or try: ` +
        `curl -X PATCH ${url}/books/5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01 ` +
        `-H 'X-Api-Key: ${DEMO_KEY}' ` +
        `-H 'Content-Type: application/merge-patch+json' ` +
        `-d '{"status":"sold"}'\n`,
    );
  },
);

shutDownOnSignal(server, {
  health,
  // How long the balancer in front takes to see that `/readyz` is 503.
  readyDelay: Number(env["BOOKSTORE_READY_DELAY"] ?? 0),
  close: [() => database.close()],
});
