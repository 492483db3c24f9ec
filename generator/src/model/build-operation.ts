/** Room `model`: one operation. */
import type { Origin } from "../lint/diagnostic.js";
import type { JsonObject } from "../load/document.js";
import type { Body, Operation, Segment } from "./api.js";
import { below } from "./below.js";
import { bodyLimit } from "./body-limit.js";
import { buildAnswers } from "./build-answers.js";
import { buildMedia } from "./build-media.js";
import { buildParams, type Holder } from "./build-params.js";
import { buildSecurity } from "./build-security.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { listMember, member } from "./member.js";

export interface OperationPlace {
  method: string;
  /** The key in `paths` as written. */
  key: string;
  path: string;
  segments: Segment[];
  /** The path item, and what its reference leads to, farthest first. */
  pathItems: Holder[];
  pathOrigin: Origin;
  operation: Place;
  id: string;
  derived: boolean;
  routed: boolean;
}

/** `policies`, `uses` and `hash` are settled when all operations and models are known. */
export function buildOperation(
  place: OperationPlace,
  context: HttpContext,
): Operation {
  const { method, path, segments, operation } = place;
  const { node, origin } = operation;
  const built: Operation = {
    id: place.id,
    method,
    path,
    segments,
    routed: place.routed,
    params: buildParams(
      [...place.pathItems, operation],
      segments,
      place.pathOrigin,
      context,
    ),
    answers: buildAnswers(operation, context),
    security: buildSecurity(operation, context),
    extensions: extensionsOf(node),
    policies: {},
    doc: operation.doc,
    tags: listMember(node, "tags").filter(
      (tag): tag is string => typeof tag === "string",
    ),
    origin,
    uses: [],
    hash: "",
  };
  if (place.derived) built.derivedId = true;
  const body = buildBody(operation, method, context);
  if (body) built.body = body;
  return built;
}

function buildBody(
  operation: Place,
  method: string,
  context: HttpContext,
): Body | undefined {
  // RFC 9110 section 9.3.8: a client must not send content in a TRACE request.
  if (method === "TRACE") return undefined;
  const place = dereference(
    context.document,
    member(operation.node, "requestBody"),
    below(operation.origin, "requestBody"),
  );
  if (!place) return undefined;
  const media = buildMedia(place, context);
  if (media.length === 0) return undefined;
  const limit = bodyLimit([operation, place], context);
  return {
    // RFC 9110 sections 9.3.1 and 9.3.2: content has no meaning in GET and HEAD, so none can be demanded.
    required:
      member(place.node, "required") === true &&
      method !== "GET" &&
      method !== "HEAD",
    ...(limit === undefined ? {} : { limit }),
    media,
    doc: place.doc,
    origin: place.origin,
  };
}

function extensionsOf(node: JsonObject): JsonObject {
  const extensions: JsonObject = Object.create(null);
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith("x-")) extensions[name] = value;
  }
  return extensions;
}
