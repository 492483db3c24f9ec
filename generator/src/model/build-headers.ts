/** Room `model`: headers of an answer, or of a part of a multipart body. */
import type { Header } from "./api.js";
import { below } from "./below.js";
import { buildValue } from "./build-params.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { member, objectMember } from "./member.js";

export function buildHeaders(holder: Place, context: HttpContext): Header[] {
  const headers = new Map<string, Header>();
  for (const [written, value] of Object.entries(
    objectMember(holder.node, "headers") ?? {},
  )) {
    const name = written.toLowerCase();
    // OpenAPI 3.x, response object: a definition of Content-Type is ignored.
    if (name === "content-type" || headers.has(name)) continue;
    const place = dereference(
      context.document,
      value,
      below(holder.origin, "headers", written),
    );
    if (!place) continue;
    headers.set(name, {
      name,
      required: member(place.node, "required") === true,
      explode: member(place.node, "explode") === true,
      ...buildValue(place, context),
      doc: place.doc,
      origin: place.origin,
    });
  }
  return [...headers.values()];
}
