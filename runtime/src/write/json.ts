/** Room `write`: JSON answers. */
import type { WireResponse } from "../contract/wire-response.js";
import { phraseOf } from "../errors/catalogue.js";

/** The caller has copied the declared fields already. */
export function json(
  status: number,
  value: unknown,
  headers?: object,
  type = "application/json",
): WireResponse {
  const body: string | undefined = JSON.stringify(value);
  if (body === undefined) {
    throw new TypeError(`the body of a ${status} answer is no JSON value`);
  }
  return { status, type, body, headers };
}

/** RFC 9457: `type`, `title` and `status` are filled in where the handler left them out. */
export function problemJson(
  status: number,
  fields: unknown,
  headers?: object,
  type = "application/problem+json",
): WireResponse {
  const body: Record<string, unknown> = {
    type: undefined,
    title: undefined,
    status: undefined,
    ...(typeof fields === "object" ? fields : undefined),
  };
  // A projection may have set absent members to undefined, hence not by spreading defaults.
  body["type"] ??= "about:blank";
  body["title"] ??= phraseOf(status);
  body["status"] ??= status;
  return { status, type, body: JSON.stringify(body), headers };
}
