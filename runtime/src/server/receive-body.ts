/** Room `server`: the body of a request, by the rules of its operation. */
import type { RouterContext } from "@koa/router";
import type { BodyCodec } from "../contract/body-codec.js";
import { problem } from "../errors/problem.js";
import { readBytes, refuseLength } from "../read/body.js";
import { type Coding, CODINGS } from "../read/inflate.js";
import { parseJson } from "../read/json-body.js";
import {
  isJsonType,
  matchDeclared,
  type MediaType,
  parseMediaType,
} from "../read/media-type.js";
import { announcesBody, type RequestFields } from "../read/request-fields.js";
import type { RequestReader } from "../read/request-reader.js";
import type { IssueList } from "../check/issue-list.js";
import type { BoundBody } from "./bound-operation.js";
import { decodeBody, isUnbuffered, type ReadRules } from "./decode-body.js";

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
  rules: ReadRules,
  issues: IssueList,
): Promise<void> {
  if (!announcesBody(fields, ctx.req)) {
    if (body.required) throw missing();
    return;
  }
  const coding = chooseCoding(fields, rules);
  const { codec, type } = chooseCodec(ctx, fields, body, raw);
  const limit =
    isUnbuffered(codec) && coding === undefined ? body.ownLimit : body.limit;
  if (limit !== undefined) refuseLength(fields.contentLength, limit);
  if (codec === "json" && coding === undefined) {
    // By far the most common: no detour.
    const { contentLength } = fields;
    const bytes = await readBytes(ctx.req, ctx.res, contentLength, body.limit);
    raw.received = true;
    if (bytes.length > 0) raw.body = parseJson(bytes, rules.json);
    else if (body.required) throw missing();
    return;
  }
  await decodeBody(
    ctx,
    { fields, body, codec, type, coding, limit },
    raw,
    rules,
    issues,
  );
  if (raw.received && raw.body === undefined && body.required) throw missing();
}

/** RFC 9110 15.5.16: what is refused for its coding is told which ones are not. */
function chooseCoding(
  { contentEncoding }: RequestFields,
  { decompress }: ReadRules,
): Coding | undefined {
  const written = contentEncoding?.trim().toLowerCase() ?? "";
  if (written === "" || written === "identity") return undefined;
  const name = written === "x-gzip" ? "gzip" : written;
  const coding = CODINGS.find((each) => each === name);
  if (decompress && coding !== undefined) return coding;
  throw problem.unsupportedMediaType(
    {
      detail: decompress
        ? "the request body has a content coding that is not supported"
        : "the request body has a content coding",
    },
    {
      headers: {
        "Accept-Encoding": decompress ? CODINGS.join(", ") : "identity",
      },
    },
  );
}

interface Choice {
  readonly codec: BodyCodec;
  readonly type: MediaType;
}

/** The one place where `Content-Type` is judged: what is found here picks parser and check alike. */
function chooseCodec(
  ctx: RouterContext,
  fields: RequestFields,
  body: BoundBody,
  raw: RequestReader,
): Choice {
  const [only] = body.declared;
  if (
    only !== undefined &&
    body.declared.length === 1 &&
    fields.contentType === only.written &&
    !fields.repeated &&
    only.parameters.size === 0 &&
    !only.essence.includes("*")
  ) {
    return choose(ctx, body, raw, only.written, only);
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
  const choice = choose(ctx, body, raw, matched.written, given);
  if (
    (choice.codec === "json" || choice.codec === "list") &&
    matched.essence.includes("*") &&
    !isJsonType(given.essence)
  ) {
    // Under a range, the type that was sent tells how it would have to be read.
    throw unsupportedType(ctx, body, "is not JSON");
  }
  const charset = given.parameters.get("charset");
  if (
    choice.codec !== "bytes" &&
    charset !== undefined &&
    charset !== "utf-8"
  ) {
    throw unsupportedType(ctx, body, "has a charset other than UTF-8");
  }
  return choice;
}

function choose(
  ctx: RouterContext,
  body: BoundBody,
  raw: RequestReader,
  written: string,
  type: MediaType,
): Choice {
  const codec = body.codecs.get(written);
  if (codec === undefined) throw unsupportedType(ctx, body, "is not declared");
  raw.mediaType = written;
  raw.contentType = type.essence;
  return { codec, type };
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
