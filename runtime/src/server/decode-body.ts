/** Room `server`: from the bytes of a body to the value that its media type makes of them. */
import type { Readable } from "node:stream";
import type { RouterContext } from "@koa/router";
import { IssueList } from "../check/issue-list.js";
import type { BodyCodec, MultipartCodec } from "../contract/body-codec.js";
import {
  askForBody,
  collect,
  discardAfter,
  discardBody,
  readBytes,
} from "../read/body.js";
import { readForm, urlencodedTexts } from "../read/form.js";
import { type Coding, inflate, limited } from "../read/inflate.js";
import { decodeUtf8, type JsonRules, parseJson } from "../read/json-body.js";
import { parseLines, readLines } from "../read/json-lines.js";
import type { MediaType } from "../read/media-type.js";
import type { MultipartLimits } from "../read/multipart.js";
import type { RequestFields } from "../read/request-fields.js";
import type { RequestReader } from "../read/request-reader.js";
import type { BoundBody } from "./bound-operation.js";

/** What the router's options say about bodies. */
export interface ReadRules {
  readonly json: JsonRules;
  /** Whether content codings are undone. */
  readonly decompress: boolean;
  readonly multipart: Omit<MultipartLimits, "body">;
}

/** A body of which everything is known but its bytes. */
export interface Incoming {
  readonly fields: RequestFields;
  readonly body: BoundBody;
  readonly codec: BodyCodec;
  /** What the client called it. */
  readonly type: MediaType;
  readonly coding: Coding | undefined;
  /** Bytes, coding undone; none for what is not buffered and has no limit of its own. */
  readonly limit: number | undefined;
}

/** Whether the handler gets what it reads as it arrives. */
export function isUnbuffered(codec: BodyCodec): boolean {
  if (typeof codec === "string") return codec === "bytes";
  return (
    codec.codec === "lines" ||
    (codec.codec === "multipart" &&
      Object.values(codec.fields).some((field) => field.file === "stream"))
  );
}

/** Sets `raw.body`, and `raw.received` when nothing of it is left on the way. An empty body is none. */
export async function decodeBody(
  ctx: RouterContext,
  incoming: Incoming,
  raw: RequestReader,
  rules: ReadRules,
  issues: IssueList,
): Promise<void> {
  const { codec, body } = incoming;
  if (codec === "bytes") {
    raw.body = handOut(ctx, incoming);
    return;
  }
  if (typeof codec === "object" && codec.codec === "lines") {
    const lines = {
      json: rules.json,
      limit: body.limit,
      invalid: body.invalid,
    };
    raw.body = readLines(
      handOut(ctx, incoming),
      codec.check,
      lines,
      () => new IssueList(issues.cap),
    );
    return;
  }
  if (typeof codec === "object" && codec.codec === "multipart") {
    await decodeMultipart(ctx, incoming, codec, raw, rules, issues);
    return;
  }
  const bytes = await buffered(ctx, incoming);
  raw.received = true;
  if (bytes.length === 0) return;
  if (codec === "json") raw.body = parseJson(bytes, rules.json);
  else if (codec === "text") raw.body = decodeUtf8(bytes);
  else if (codec === "list") raw.body = parseLines(bytes, rules.json);
  else {
    const texts = urlencodedTexts(decodeUtf8(bytes));
    raw.body = readForm(texts, codec, rules.json, issues);
  }
}

async function buffered(
  { req, res }: RouterContext,
  { coding, fields, body }: Incoming,
): Promise<Buffer> {
  if (coding === undefined) {
    return readBytes(req, res, fields.contentLength, body.limit);
  }
  askForBody(req, res);
  return collect(inflate(req, coding, body.limit), body.limit);
}

/** Unbuffered, with back-pressure, for as long as the handler likes until it has answered. */
function handOut({ req, res }: RouterContext, incoming: Incoming): Readable {
  askForBody(req, res);
  discardAfter(req, res);
  return sourceOf(req, incoming);
}

function sourceOf(
  req: RouterContext["req"],
  { coding, body, limit }: Incoming,
): Readable {
  if (coding !== undefined) return inflate(req, coding, body.limit);
  return limit === undefined ? req : limited(req, limit);
}

async function decodeMultipart(
  { req, res }: RouterContext,
  incoming: Incoming,
  codec: MultipartCodec,
  raw: RequestReader,
  rules: ReadRules,
  issues: IssueList,
): Promise<void> {
  // Its parser is loaded for services that have such bodies only.
  const { readMultipart } = await import("../read/multipart.js");
  askForBody(req, res);
  const source = sourceOf(req, incoming);
  const limits = { ...rules.multipart, body: incoming.body.limit };
  const { value, close } = await readMultipart(
    source,
    incoming.type,
    codec,
    { json: rules.json, limits },
    issues,
  );
  raw.body = value;
  if (close === undefined) {
    // An epilogue, if any.
    if (!req.complete) discardBody(req, res);
    raw.received = true;
  } else {
    res.once("close", close);
    discardAfter(req, res);
  }
}
