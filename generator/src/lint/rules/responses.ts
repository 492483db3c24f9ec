/** Room `lint`: responses have status keys that exist, and there is at least one. */
import { isObject, member } from "../../load/member.js";
import { below } from "../below.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

const STATUS = /^(?:[1-5]\d\d|[1-5]XX|default)$/;

export const responses: Rule = {
  nodes: {
    responses(node, origin, { diagnostics }) {
      for (const key of Object.keys(node)) {
        if (STATUS.test(key) || key.startsWith("x-")) continue;
        diagnostics.error(
          "KT2030",
          below(origin, key),
          `\`${shorten(key)}\` is no status of a response`,
          { help: "use 100 to 599, `1XX` to `5XX` or `default`" },
        );
      }
    },
  },
  whole({ operations, diagnostics }) {
    for (const { node, origin, path, method } of operations) {
      if (path === undefined) continue;
      const value = member(node, "responses");
      const isEmpty =
        value === undefined ||
        (isObject(value) &&
          Object.keys(value).every((key) => key.startsWith("x-")));
      if (!isEmpty) continue;
      diagnostics.warning(
        "KT2031",
        value === undefined ? origin : below(origin, "responses"),
        `${method} \`${shorten(path)}\` declares no response; any answer is let through`,
        { help: "describe at least the response of success" },
      );
    }
  },
};
