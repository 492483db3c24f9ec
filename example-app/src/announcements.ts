/** Tells partners what they have asked to be told. */
import type { Logger } from "@kontract/runtime";
import { sendStockChanged, type StockChange } from "../../generated/index.js";
import { database } from "./database.js";
import { listSubscribers } from "./storage/subscriptions.js";

/** Addresses come from partners, so none may lead into our own network: narrow this down to what yours allows. */
let accepts = (url: URL): boolean => url.protocol === "https:";

export function acceptSubscribers(rule: (url: URL) => boolean): void {
  accepts = rule;
}

/** Tells each subscriber once. Who does not listen is logged, and gets the next change. */
export async function announceStock(
  change: StockChange,
  log: Logger,
): Promise<void> {
  const urls = await listSubscribers(database());
  await Promise.all(
    urls.map(async (url) => {
      const signal = AbortSignal.timeout(5_000);
      try {
        await sendStockChanged(
          url,
          { body: change },
          { allow: accepts, signal },
        );
      } catch (error) {
        log.warn("a subscriber was not told", { url, error });
      }
    }),
  );
}
