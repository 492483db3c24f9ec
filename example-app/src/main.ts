/** Starts the bookstore: opens the database, listens, and ends in good order. */
import { createHealth, shutDownOnSignal } from "@kontract/runtime/health";
import { jsonLogger, requestLog } from "@kontract/runtime/log";
import { createMetrics } from "@kontract/runtime/metrics";
import { createBookstore, readDocument } from "./bookstore.js";
import { useDatabase } from "./database.js";
import { connectRedis } from "./redis.js";
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
  url: env["DATABASE_URL"] || undefined,
  folder: env["BOOKSTORE_DATA"],
  onError: (error) => process.stderr.write(`database: ${error.message}\n`),
});
useDatabase(database);

const redis = await connectRedis(env["REDIS_URL"] || undefined, (error) =>
  process.stderr.write(`redis: ${error.message}\n`),
);
const health = createHealth({
  checks: {
    database: () => ping(database),
    ...(redis && { redis: () => redis.ping() }),
  },
});
// `/metrics` is for the inside: whatever stands in front keeps it from strangers.
const metrics = createMetrics();
const logger = jsonLogger();
const cursorKey = env["BOOKSTORE_CURSOR_KEY"];
const server = createBookstore({
  staffKey,
  // Without an issuer there are no partners: every token is refused.
  partners: {
    config: { BOOKSTORE_ISSUER: "https://login.example.com", ...env },
  },
  ...(redis && { stores: redis.stores }),
  ...(cursorKey !== undefined && { cursorKeys: { current: cursorKey } }),
  health,
  metrics,
  logger,
  onSecurityEvent: (event) => logger.info("security", { ...event }),
  app: {
    observers: [
      metrics.observer,
      // The log is for those who run the service, not for those who try it out.
      ...(env["NODE_ENV"] === "production"
        ? [requestLog({ logger, document: readDocument() })]
        : []),
    ],
    trustProxy: env["BOOKSTORE_PROXIES"]?.split(",") ?? [],
    ...(env["BOOKSTORE_ORIGIN"] !== undefined && {
      httpsOnly: { origin: env["BOOKSTORE_ORIGIN"] },
    }),
  },
}).listen(Number(env["PORT"] ?? 3000), () => {
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
});

shutDownOnSignal(server, {
  health,
  // How long the balancer in front takes to see that `/readyz` is 503.
  readyDelay: Number(env["BOOKSTORE_READY_DELAY"] ?? 0),
  close: [() => database.close(), () => redis?.close()],
});
