/** Room `lint`: servers of a path, an operation or a link that are not those of the document have no effect. */
import type { JsonObject } from "../../load/document.js";
import { isObject, member, textMember } from "../../load/member.js";
import { below } from "../below.js";
import type { Origin } from "../diagnostic.js";
import type { MakeRule, RuleContext } from "../rule.js";

export const serverOverrides: MakeRule = () => {
  /** By what is overridden with which URLs: documents repeat one list at every path. */
  const found = new Map<
    string,
    { what: string; origin: Origin; places: number }
  >();
  const note = (what: string, urls: readonly string[], origin: Origin) => {
    const key = JSON.stringify([what, urls]);
    const before = found.get(key);
    if (before) before.places += 1;
    else found.set(key, { what, origin, places: 1 });
  };
  const look =
    (what: string) =>
    (node: JsonObject, origin: Origin, { document }: RuleContext) => {
      const own = urlsOf(node);
      if (own.length === 0) return;
      const usual = urlsOf(document.root);
      if (own.every((url) => usual.includes(url))) return;
      note(what, own, below(origin, "servers"));
    };
  return {
    nodes: {
      pathItem: look("a path"),
      operation: look("an operation"),
      link(node, origin) {
        const server = member(node, "server");
        const url = isObject(server) ? textMember(server, "url") : undefined;
        if (url !== undefined) note("a link", [url], below(origin, "server"));
      },
    },
    whole({ diagnostics }) {
      for (const { what, origin, places } of found.values()) {
        const others = places === 1 ? "" : `, here and in ${places - 1} more`;
        diagnostics.warning(
          "KT3131",
          origin,
          what === "a link"
            ? `the server of a link has no effect${others}: links lead to operations of this service`
            : `servers of ${what} have no effect${others}: the router serves it beside all others`,
          {
            help: "describe what another server answers in a document of its own",
          },
        );
      }
    },
  };
};

function urlsOf(node: JsonObject): string[] {
  const servers = member(node, "servers");
  return (Array.isArray(servers) ? servers : []).flatMap((server) => {
    const url = isObject(server) ? textMember(server, "url") : undefined;
    return url === undefined ? [] : [url];
  });
}
