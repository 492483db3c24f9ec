/** Room `caching`: `Cache-Control`, `CDN-Cache-Control` and `Vary` as the document has them (RFC 9111, RFC 9213, RFC 9110 12.5.5). */
import type { CacheHeadersPolicy } from "../contract/policies.js";
import type { Policy } from "../contract/policy.js";
import { headerOf, withHeaders } from "./header-of.js";

/** What the handler says counts. Problems are not stored: `no-store`. */
export function bindCacheHeaders({
  value,
  cdn,
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
      if (wire.status >= 400) return wire;
      const added: Record<string, string> = {};
      if (own === undefined) {
        if (value === undefined) ctx.remove("Cache-Control");
        else added["Cache-Control"] = value;
      }
      if (cdn !== undefined && !headerOf(wire.headers, "cdn-cache-control")) {
        added["CDN-Cache-Control"] = cdn;
      }
      return withHeaders(wire, added);
    },
  };
}
