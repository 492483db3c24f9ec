/** Room `lint`: components that nothing refers to. */
import { isObject, member } from "../../../load/member.js";
import { below } from "../../below.js";
import type { JsonObject } from "../../../load/document.js";
import type { Rule } from "../../rule.js";
import { shorten } from "../../shorten.js";

/** Security schemes are referred to by name, by `security` or from outside of the document. */
const SECTIONS = [
  "schemas",
  "responses",
  "parameters",
  "examples",
  "requestBodies",
  "headers",
  "links",
  "callbacks",
  "pathItems",
  "mediaTypes",
];

export const unusedComponents: Rule = {
  whole({ document, diagnostics }) {
    const components = member(document.root, "components");
    const paths = member(document.root, "paths");
    // A document without paths is a library for others.
    if (
      !isObject(components) ||
      !isObject(paths) ||
      Object.keys(paths).length === 0
    )
      return;
    const reached = new Set<JsonObject>();
    const tagged: JsonObject[] = [];
    const start = (key: string) => {
      const node = member(document.root, key);
      return isObject(node) ? node : undefined;
    };
    const visit = (
      nodes: readonly {
        node: JsonObject;
        kind: "paths" | "pathItem" | "schema";
        origin: typeof document.origin;
      }[],
    ) =>
      document.visit((node, kind) => {
        reached.add(node);
        if (kind === "schema" && isObject(member(node, "discriminator")))
          tagged.push(node);
      }, nodes);
    visit([
      { node: paths, kind: "paths", origin: below(document.origin, "paths") },
    ]);
    const webhooks = start("webhooks");
    for (const key of Object.keys(webhooks ?? {})) {
      const node = webhooks && member(webhooks, key);
      if (isObject(node))
        visit([
          {
            node,
            kind: "pathItem",
            origin: below(document.origin, "webhooks", key),
          },
        ]);
    }
    // Branches may be named by a mapping alone, and children by their `allOf`.
    if (tagged.length > 0)
      return reportOthers(components, reached, new Set(["schemas"]));
    reportOthers(components, reached, new Set());

    function reportOthers(
      holder: JsonObject,
      used: ReadonlySet<JsonObject>,
      except: ReadonlySet<string>,
    ): void {
      for (const section of SECTIONS) {
        const map = member(holder, section);
        if (except.has(section) || !isObject(map)) continue;
        for (const name of Object.keys(map)) {
          const node = member(map, name);
          if (!isObject(node) || used.has(node)) continue;
          diagnostics.warning(
            "KT6011",
            below(document.origin, "components", section, name),
            `nothing refers to \`${shorten(name)}\``,
            {
              help: "remove it, or refer to it",
            },
          );
        }
      }
    }
  },
};
