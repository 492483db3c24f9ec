/** The application: generated router, own handlers, own checks of credentials. */
import { createApp, problem } from "@kontract/runtime";
import { docs } from "@kontract/runtime/docs";
import type { Health } from "@kontract/runtime/health";
import { createRouter } from "../../generated/index.js";
import { authors } from "./handlers/authors.js";
import { books } from "./handlers/books.js";
import { categories } from "./handlers/categories.js";
import { customers } from "./handlers/customers.js";
import { orders } from "./handlers/orders.js";
import { reviews } from "./handlers/reviews.js";
import { customerSession, staffKey } from "./principals.js";
import { isUnstorable } from "./storage/database.js";

const DOCUMENT = new URL("../../generated/openapi.json", import.meta.url);

export interface BookstoreSettings {
  /** What staff sends as `X-Api-Key`. */
  staffKey: string;
  /** Probes, where somebody runs the service. */
  health?: Health;
}

export function createBookstore(
  settings: BookstoreSettings,
): ReturnType<typeof createApp> {
  const app = createApp();
  if (settings.health !== undefined) app.use(settings.health.pages());
  app.use(docs({ document: DOCUMENT }));
  const router = createRouter(
    { authors, books, categories, customers, orders, reviews },
    {
      security: {
        apiKey: staffKey(settings.staffKey),
        session: customerSession,
      },
      mapError: (error) =>
        isUnstorable(error)
          ? problem.badRequest({ detail: "a value is none that can be stored" })
          : undefined,
    },
  );
  app.use(router.routes());
  return app;
}
