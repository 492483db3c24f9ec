/** Room `versioning`: tells clients of an operation's end with every answer, errors included. */
import type { DeprecationPolicy } from "../contract/policies.js";
import type { Exchange, Policy } from "../contract/policy.js";

/** `Deprecation: @1688169599` (RFC 9745), `Sunset: <HTTP-date>` (RFC 8594), and their links (RFC 8288). */
export function bindDeprecation({
  since,
  sunset,
  links = [],
}: DeprecationPolicy): Policy {
  const gone =
    sunset === undefined ? undefined : new Date(sunset * 1000).toUTCString();
  return {
    arrive({ ctx, variables }: Exchange) {
      if (since !== undefined) ctx.set("Deprecation", `@${since}`);
      if (gone !== undefined) ctx.set("Sunset", gone);
      if (links.length === 0) return;
      const values = links.map(
        ({ rel, href }) => `<${fill(href, variables)}>; rel="${rel}"`,
      );
      ctx.append("Link", values);
    },
  };
}

/** Variables are replaced by the text of the request's own path, which is a legal part of a URI already. */
function fill(
  href: string,
  variables: Readonly<Record<string, string>>,
): string {
  return href.replace(
    /\{([^{}]*)\}/g,
    (whole, name: string) => variables[name] ?? encodeURIComponent(whole),
  );
}
