/** Room `lint`: what a service gives away: keys in URLs, plain connections, traces of its code. */
import { isObject, member, textMember } from "../../../load/member.js";
import { below } from "../../below.js";
import { findProperty } from "../../find-property.js";
import type { Rule } from "../../rule.js";
import { shorten } from "../../shorten.js";

const TRACES = ["stack", "stackTrace", "stack_trace", "stacktrace", "trace"];

export const exposure: Rule = {
  nodes: {
    securityScheme(node, origin, { diagnostics }) {
      if (member(node, "type") !== "apiKey" || member(node, "in") !== "query")
        return;
      diagnostics.warning(
        "KT6009",
        below(origin, "in"),
        "a key in the query ends up in logs and histories",
        {
          help: "send it in a header",
        },
      );
    },
    server(node, origin, { diagnostics }) {
      const url = textMember(node, "url") ?? "";
      if (
        !/^http:\/\//i.test(url) ||
        /^http:\/\/(?:localhost|127\.|\[::1\]|[^/:]*\.(?:local|test|internal)\b)/i.test(
          url,
        )
      )
        return;
      diagnostics.warning(
        "KT6010",
        below(origin, "url"),
        `\`${shorten(url)}\` is not encrypted`,
        {
          help: "use https",
        },
      );
    },
    responses(node, origin, context) {
      for (const status of Object.keys(node)) {
        const value = member(node, status);
        if (!/^5|^default$/.test(status) || !isObject(value)) continue;
        const answer = context.follow(value, below(origin, status));
        const content = answer && member(answer.node, "content");
        if (!isObject(content)) continue;
        for (const type of Object.keys(content)) {
          const media = member(content, type);
          const schema = isObject(media) ? member(media, "schema") : undefined;
          if (!isObject(schema) || answer === undefined) continue;
          const place = below(answer.origin, "content", type, "schema");
          for (const name of TRACES) {
            const found = findProperty(schema, place, name, context);
            if (found === undefined || found === "unknown") continue;
            context.diagnostics.warning(
              "KT6008",
              found.origin,
              `an error with \`${name}\` shows clients the inside of the service`,
              {
                help: "log it, and send an id instead",
              },
            );
          }
        }
      }
    },
  },
};
