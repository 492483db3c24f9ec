/** Starts the bookstore: opens the database, listens, and ends in good order. */
import { createBookstore } from "./bookstore.js";
import { useDatabase } from "./database.js";
import { openDatabase } from "./storage/open-database.js";

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

const server = createBookstore({ staffKey }).listen(
  Number(env["PORT"] ?? 3000),
  () => {
    const address = server.address();
    const port =
      typeof address === "object" && address !== null ? address.port : "?";
    const url = `http://localhost:${port}`;
    process.stdout.write(
      `Bookstore on ${url} (${database.driver}). Open ${url}/books, or try: ` +
        `curl -X PATCH ${url}/books/5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01 ` +
        `-H 'X-Api-Key: ${DEMO_KEY}' ` +
        `-H 'Content-Type: application/merge-patch+json' ` +
        `-d '{"status":"sold"}'\n`,
    );
  },
);

let closing = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // A second signal means: now.
    if (closing) process.exit(1);
    closing = true;
    server.close(() => {
      void database.close().then(() => process.exit(0));
    });
    server.closeIdleConnections();
  });
}
