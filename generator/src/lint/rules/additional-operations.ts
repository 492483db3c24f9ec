/** Room `lint`: the methods of `additionalOperations` (OpenAPI 3.2) are methods that a request can come with. */
import { below } from "../below.js";
import { isObject, member } from "../../load/member.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

/** Methods that a path item has a field for. */
const FIELDS = new Set(
  "GET PUT POST DELETE OPTIONS HEAD PATCH TRACE QUERY".split(" "),
);

/** What else Node's parser of HTTP/1.1 reads on every release that is supported, but for CONNECT, which no router sees. */
const READ = new Set(
  `ACL BIND CHECKOUT COPY LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY PROPFIND PROPPATCH PURGE REBIND
  REPORT SEARCH SOURCE SUBSCRIBE UNBIND UNLINK UNLOCK UNSUBSCRIBE`.split(/\s+/),
);

export const additionalOperations: Rule = {
  nodes: {
    pathItem(node, origin, { document, diagnostics }) {
      const others = member(node, "additionalOperations");
      if (document.version < "3.2" || !isObject(others)) return;
      for (const method of Object.keys(others)) {
        const place = below(origin, "additionalOperations", method);
        const upper = method.toUpperCase();
        if (FIELDS.has(method)) {
          diagnostics.warning(
            "KT2017",
            place,
            `\`${method}\` has a field of its own and does not belong among \`additionalOperations\``,
            { help: `write it as \`${method.toLowerCase()}\` of the path` },
          );
        } else if (!READ.has(method)) {
          diagnostics.warning(
            "KT3121",
            place,
            `no request reaches \`${shorten(method)}\`: Node's HTTP parser does not know the method`,
            {
              help:
                FIELDS.has(upper) || READ.has(upper)
                  ? `methods are case-sensitive; \`${upper}\` is read`
                  : "use a registered method such as `COPY` or `QUERY`",
            },
          );
        }
      }
    },
  },
};
