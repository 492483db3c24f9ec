/** Room `lint`: path keys can be routed, and no two operations have the same route. */
import { isObject, member } from "../../load/member.js";
import { below } from "../below.js";
import type { Diagnostics, Origin } from "../diagnostic.js";
import { readTemplate, templateShape } from "../path-template.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const paths: Rule = {
  whole({ document, operations, diagnostics }) {
    const map = member(document.root, "paths");
    if (!isObject(map)) return;
    const keys = Object.keys(map).filter((key) => !key.startsWith("x-"));
    for (const key of keys) {
      checkKey(key, below(document.origin, "paths", key), diagnostics);
    }
    if (operations.every(({ path }) => path === undefined)) {
      diagnostics.warning(
        "KT2014",
        below(document.origin, "paths"),
        "the document has no operations: the router is empty",
      );
    }
    const routes = new Map<string, { key: string; origin: Origin }>();
    for (const { path, method, pathOrigin } of operations) {
      if (path === undefined) continue;
      // As written: parts that are dropped (`?…`, `#…`) tell two keys apart, and only one of them is routed.
      const route = `${method} ${templateShape(path)}`;
      const earlier = routes.get(route);
      if (earlier === undefined) {
        routes.set(route, { key: path, origin: pathOrigin });
      } else if (earlier.key !== path) {
        diagnostics.error(
          "KT2004",
          pathOrigin,
          `${method} \`${shorten(path)}\` has the same route as \`${shorten(earlier.key)}\``,
          {
            help: "paths that differ in the names of their variables only are one path; merge them",
            related: [earlier.origin],
          },
        );
      }
    }
  },
};

function checkKey(key: string, origin: Origin, diagnostics: Diagnostics): void {
  const shown = `the path \`${shorten(key)}\``;
  if (!key.startsWith("/")) {
    diagnostics.error("KT2005", origin, `${shown} does not begin with \`/\``, {
      help: "write it as `/…`; the part before belongs to `servers`",
    });
    return;
  }
  if (/\p{Cc}/u.test(key)) {
    diagnostics.error(
      "KT2005",
      origin,
      `${shown} contains a control character, which no request can have`,
      { help: "remove it" },
    );
    return;
  }
  const extra = /[?#]/.exec(
    key.replace(/\{[^{}]*\}/g, (name) => "_".repeat(name.length)),
  );
  const path = extra === null ? key : key.slice(0, extra.index);
  if (extra !== null) {
    diagnostics.warning(
      "KT2007",
      origin,
      `${shown} has a ${extra[0] === "?" ? "query" : "fragment"}, which is dropped: a path has none`,
      { help: "describe query values as parameters" },
    );
  }
  const template = readTemplate(path);
  if (template.fault !== undefined) {
    diagnostics.error("KT2005", origin, `${shown}: ${template.fault}`, {
      help: "variables are written `{name}`, each name once, with text between them",
    });
  }
  if (/(?:^|\/)\.{1,2}(?=\/|$)/.test(path) || path.includes("//")) {
    diagnostics.warning(
      "KT2006",
      origin,
      `${shown} has a ${path.includes("//") ? "segment that is empty" : "`.` or `..` segment"}: clients change such paths before they send them`,
      { help: "write the path as clients send it" },
    );
  }
}
