/** The application: generated router, own handlers, own checks of credentials. */
import { readFileSync } from "node:fs";
import {
  apiCatalog,
  type AppOptions,
  createApp,
  type Logger,
  type OnSecurityEvent,
  problem,
  versions,
} from "@kontract/runtime";
import { docs } from "@kontract/runtime/docs";
import type { Health } from "@kontract/runtime/health";
import { jwt, type JwtOptions } from "@kontract/runtime/jwt";
import type { Metrics } from "@kontract/runtime/metrics";
import type { RedisStores } from "@kontract/runtime/redis";
import { createRouter } from "../../generated/index.js";
import { authors } from "./handlers/authors.js";
import { books } from "./handlers/books.js";
import { categories } from "./handlers/categories.js";
import { customers } from "./handlers/customers.js";
import { orders } from "./handlers/orders.js";
import { partners } from "./handlers/partners.js";
import { reviews } from "./handlers/reviews.js";
import { customerSession, staffKey } from "./principals.js";
import { isUnstorable } from "./storage/database.js";

const DOCUMENT = new URL("../../generated/openapi.json", import.meta.url);

export function readDocument(): object {
  return Object(JSON.parse(readFileSync(DOCUMENT, "utf8")));
}

export interface BookstoreSettings {
  /** What staff sends as `X-Api-Key`. */
  staffKey: string;
  /** How tokens of partners are checked, beside what the document says. */
  partners?: JwtOptions<never>;
  /** What several processes share: limits, kept answers, idempotency keys. Each has its own in memory without it. */
  stores?: RedisStores;
  /** Secrets that sign cursors, the newest first; every process needs the same. */
  cursorKeys?: Readonly<Record<string, string>>;
  /** Probes and figures, where somebody runs the service. */
  health?: Health;
  metrics?: Metrics;
  logger?: Logger;
  onSecurityEvent?: OnSecurityEvent;
  /** Observers, trusted proxies, TLS and what else the application itself can be told. */
  app?: AppOptions;
}

export function createBookstore(
  settings: BookstoreSettings,
): ReturnType<typeof createApp> {
  const { stores, health, metrics, logger, onSecurityEvent } = settings;
  const router = createRouter(
    { authors, books, categories, customers, orders, partners, reviews },
    {
      security: {
        apiKey: staffKey(settings.staffKey),
        session: customerSession,
        browser: customerSession,
        partner: jwt(settings.partners ?? { config: process.env }),
      },
      mapError: (error) =>
        isUnstorable(error)
          ? problem.badRequest({ detail: "a value is none that can be stored" })
          : undefined,
      requestIds: true,
      ...(settings.cursorKeys && { cursors: { keys: settings.cursorKeys } }),
      ...(stores && {
        cache: { store: stores.cache },
        idempotency: { store: stores.idempotency },
        rateLimit: { store: stores.rateLimit },
      }),
      ...(logger && { logger }),
      ...(onSecurityEvent && { onSecurityEvent }),
    },
  );
  const app = createApp({ ...(logger && { logger }), ...settings.app });
  if (health !== undefined) app.use(health.pages());
  if (metrics !== undefined) app.use(metrics.pages());
  app.use(docs({ document: readDocument() }));
  app.use(
    apiCatalog([{ router, serviceDesc: "/openapi.json", serviceDoc: "/docs" }]),
  );
  app.use(versions({ v1: router }));
  return app;
}
