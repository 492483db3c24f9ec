/** Room `versioning`: tells clients of an operation's end with every answer, errors included. */
import type { RouterContext } from "@koa/router";
import type { DeprecationPolicy } from "../contract/policies.js";
import type { Exchange, Policy, PolicyContext } from "../contract/policy.js";
import { problem } from "../errors/problem.js";
import { clientAddress } from "../transport/client.js";

/** `onDeprecated` is told of each call; with `afterSunset: "gone"` there are none after the sunset. */
export function bindDeprecation(
  policy: DeprecationPolicy,
  { options, now, operationId, logger }: PolicyContext,
): Policy {
  const { afterSunset, onDeprecated } = options;
  return {
    arrive({ ctx, variables }) {
      sayDeprecated(policy, ctx, variables);
      if (afterSunset === "gone") refuseGone(policy, now());
    },
    ...(onDeprecated !== undefined && {
      settle({ ctx, principal }: Exchange) {
        try {
          onDeprecated({
            operationId,
            principal,
            address: clientAddress(ctx),
            ctx,
          });
        } catch (error) {
          logger.error("onDeprecated failed", { operationId, error });
        }
      },
    }),
  };
}

/** `Deprecation: @1688169599` (RFC 9745), `Sunset: <HTTP-date>` (RFC 8594), and their links (RFC 8288). */
export function sayDeprecated(
  { since, sunset, links = [] }: DeprecationPolicy,
  ctx: RouterContext,
  variables: Readonly<Record<string, string>>,
): void {
  if (since !== undefined) ctx.set("Deprecation", `@${since}`);
  if (sunset !== undefined) {
    ctx.set("Sunset", new Date(sunset * 1000).toUTCString());
  }
  if (links.length === 0) return;
  const values = links.map(
    ({ rel, href }) => `<${fill(href, variables)}>; rel="${rel}"`,
  );
  ctx.append("Link", values);
}

/** Throws 410 when the sunset is over. `now` in milliseconds. */
export function refuseGone({ sunset }: DeprecationPolicy, now: number): void {
  if (sunset === undefined || now < sunset * 1000) return;
  throw problem.gone({
    detail: `this is gone since ${new Date(sunset * 1000).toISOString()}`,
  });
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
