/** Room `server`: the body of a request, by the rules of its operation. */
import type { RouterContext } from "@koa/router";
import type { BodyCodec } from "../contract/operation.js";
import { problem } from "../errors/problem.js";
import { askForBody, readBytes } from "../read/body.js";
import { decodeUtf8, parseJson } from "../read/json-body.js";
import {
  matchDeclared,
  type MediaType,
  parseMediaType,
} from "../read/media-type.js";
import { announcesBody, type RequestFields } from "../read/request-fields.js";
import type { RequestReader } from "../read/request-reader.js";
import type { BoundBody } from "./bound-operation.js";

const octets: MediaType = {
  essence: "application/octet-stream",
  parameters: new Map(),
};

/** Sets `raw.body`; leaves it `undefined` when an optional body is absent. */
export async function receiveBody(
  ctx: RouterContext,
  fields: RequestFields,
  body: BoundBody,
  raw: RequestReader,
  depthLimit: number,
): Promise<void> {
  if (!announcesBody(fields, ctx.req)) {
    if (body.required) throw missing();
    return;
  }
  const codec = chooseCodec(ctx, fields, body, raw);
  const { req, res } = ctx;
  if (codec === "bytes") {
    // Unbuffered: the handler reads it, with back-pressure, for as long as it likes.
    askForBody(req, res);
    raw.body = req;
    return;
  }
  const { contentLength } = fields;
  const bytes = await readBytes(req, res, contentLength, body.limit);
  raw.received = true;
  if (bytes.length === 0) {
    if (body.required) throw missing();
    return;
  }
  raw.body =
    codec === "json" ? parseJson(bytes, depthLimit) : decodeUtf8(bytes);
}

/** The one place where `Content-Type` is judged: what is found here picks parser and reader alike. */
function chooseCodec(
  ctx: RouterContext,
  fields: RequestFields,
  body: BoundBody,
  raw: RequestReader,
): BodyCodec {
  const coding = fields.contentEncoding?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity" && coding !== "") {
    throw problem.unsupportedMediaType(
      { detail: "the request body has a content coding" },
      { headers: { "Accept-Encoding": "identity" } },
    );
  }
  const [only] = body.declared;
  if (
    only !== undefined &&
    body.declared.length === 1 &&
    fields.contentType === only.written &&
    !fields.repeated &&
    only.parameters.size === 0
  ) {
    return choose(body, raw, only.written, only.essence);
  }
  const given =
    fields.contentType === undefined
      ? octets
      : parseMediaType(fields.contentType);
  const matched =
    given === undefined || fields.repeated
      ? undefined
      : matchDeclared(given, body.declared);
  if (given === undefined || matched === undefined) {
    throw unsupportedType(ctx, body, "is not declared");
  }
  const codec = choose(body, raw, matched.written, given.essence);
  const charset = given.parameters.get("charset");
  if (codec !== "bytes" && charset !== undefined && charset !== "utf-8") {
    throw unsupportedType(ctx, body, "has a charset other than UTF-8");
  }
  return codec;
}

function choose(
  body: BoundBody,
  raw: RequestReader,
  written: string,
  essence: string,
): BodyCodec {
  const codec = body.codecs.get(written);
  if (codec === undefined || codec === "unsupported") {
    throw problem.notImplemented({
      detail: `not supported: request bodies of the media type ${written}`,
    });
  }
  raw.mediaType = written;
  raw.contentType = essence;
  return codec;
}

function missing(): Error {
  return problem.badRequest({ detail: "the request body is required" });
}

function unsupportedType(
  ctx: RouterContext,
  body: BoundBody,
  why: string,
): Error {
  const name =
    ctx.method === "POST"
      ? "Accept-Post"
      : ctx.method === "PATCH"
        ? "Accept-Patch"
        : "Accept";
  return problem.unsupportedMediaType(
    { detail: `the media type of the request body ${why}` },
    { headers: { [name]: body.accepts } },
  );
}
