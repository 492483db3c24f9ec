/** Room `caching`: `Cache-Control` and `Vary` as the document has them (RFC 9111, RFC 9110 12.5.5). */
import type { CacheHeadersPolicy } from "../contract/policies.js";
import type { Policy } from "../contract/policy.js";
import { headerOf, withHeaders } from "./header-of.js";

/** What the handler says counts. Problems are not stored: `no-store`. */
export function bindCacheHeaders({
  value,
  vary = [],
}: CacheHeadersPolicy): Policy {
  return {
    arrive({ ctx }) {
      // Answers that are sealed bring their own.
      ctx.set("Cache-Control", "no-store");
      if (vary.length > 0) ctx.vary([...vary]);
    },
    seal({ ctx }, wire) {
      const own = headerOf(wire.headers, "cache-control");
      if (own !== undefined || wire.status >= 400) return wire;
      if (value !== undefined)
        return withHeaders(wire, { "Cache-Control": value });
      ctx.remove("Cache-Control");
      return wire;
    },
  };
}
