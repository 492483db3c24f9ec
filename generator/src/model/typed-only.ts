/** Room `model`: says of webhooks and callbacks that nothing is routed for them. */
import type { Origin } from "../lint/diagnostic.js";
import { below } from "./below.js";
import type { Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { objectMember } from "./member.js";

/** Webhooks and callbacks are requests that the service *sends*: they have types, and no routes. */
export function reportWebhooks({ document, diagnostics }: HttpContext): void {
  for (const field of ["webhooks", "x-webhooks"]) {
    const webhooks = objectMember(document.root, field) ?? {};
    for (const name of Object.keys(webhooks)) {
      report(
        diagnostics,
        "KT3101",
        below(document.origin, field, name),
        `webhook \`${name}\` is typed only: it is a request that the service sends, so it has no route`,
      );
    }
  }
}

export function reportCallbacks(
  { node, origin }: Place,
  { diagnostics }: HttpContext,
): void {
  for (const name of Object.keys(objectMember(node, "callbacks") ?? {})) {
    report(
      diagnostics,
      "KT3102",
      below(origin, "callbacks", name),
      `callback \`${name}\` is typed only: it is a request that the service sends, so it has no route`,
    );
  }
}

function report(
  diagnostics: HttpContext["diagnostics"],
  code: "KT3101" | "KT3102",
  origin: Origin,
  message: string,
): void {
  diagnostics.warning(code, origin, message, {
    help: "send it from a handler; its types are in `contract.ts`",
  });
}
