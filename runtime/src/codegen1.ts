/** What generated code imports. Public once released: additions only. */
export type {
  BodyCodec,
  FormCodec,
  FormField,
  LinesCodec,
  MultipartCodec,
  PartField,
  PartHeaders,
  ValueCheck,
} from "./contract/body-codec.js";
export type { ByteStream } from "./contract/byte-stream.js";
export type { CorsOptions } from "./contract/cors.js";
export type { DocumentFacts } from "./contract/document-facts.js";
export type { Handler, HandlerTools } from "./contract/handler.js";
export type { ItemSource } from "./contract/item-source.js";
export type { Issues } from "./contract/issues.js";
export type {
  Answers,
  Operation,
  OperationBody,
} from "./contract/operation.js";
export type { CommonOptions, RouterOptions } from "./contract/options.js";
export type { CacheInput } from "./contract/cache-input.js";
export type { Preconditions } from "./contract/preconditions.js";
export type {
  CursorInput,
  CursorOf,
  OffsetInput,
  PageInput,
} from "./contract/paging.js";
export type {
  Filter,
  FilterBy,
  FilterTree,
  Names,
  Sort,
  Sparse,
} from "./contract/querying.js";
export type { MergePatch } from "./contract/merge-patch.js";
export type { PrincipalOf } from "./contract/principal-of.js";
export type {
  CookieStyle,
  PathStyle,
  RawRequest,
  Separator,
  Shape,
  TextFields,
  TextValue,
} from "./contract/raw-request.js";
export type { ReplyProblem, ReplyStatus, ReplyWith } from "./contract/reply.js";
export type { Route } from "./contract/route.js";
export type {
  Authenticator,
  BasicCredential,
  ClientCertificate,
  SecurityRequirement,
  SecurityScheme,
  SecuritySchemes,
} from "./contract/security.js";
export type { ResponseChecks, SentAnswer } from "./contract/sent-answer.js";
export type { StatusOf } from "./contract/status.js";
export type {
  UploadedFile,
  UploadedStream,
  WithFiles,
} from "./contract/upload.js";
export type {
  Exchange,
  Message,
  Outgoing,
  Sender,
  SendOptions,
  Sent,
  WebhookOptions,
} from "./contract/webhooks.js";
export type { ByteSource, WireResponse } from "./contract/wire-response.js";

export type { Router } from "@koa/router";

export { operation } from "./contract/bind.js";
export { replies } from "./contract/replies.js";
export * from "./check/formats.js";
export * from "./check/values.js";
export { decoded, parseBigint, parseDate } from "./check/custom.js";
export { Evaluated } from "./check/evaluated.js";
export { define, exactlyOne, own, pointer, safeTest } from "./check/members.js";
export { withoutDefaults } from "./check/without-defaults.js";
export { coerce, lone } from "./read/coerce.js";
export { problemType, type ProblemType } from "./errors/problem-type.js";
export { jsonText } from "./read/json-text.js";
export { boolean, integer, number } from "./read/scalars.js";
export type { ServerEvent } from "./streaming/server-event.js";
export { dataStream, eventStream } from "./streaming/event-stream.js";
export { jsonItems } from "./streaming/json-items.js";
export { type HeaderForms, headerFields } from "./write/header-fields.js";
export {
  encodeBigint,
  encodeBigintText,
  encodeDate,
  encodeDay,
  encoder,
} from "./write/custom.js";
export { json, problemJson } from "./write/json.js";
export { bytes, empty, text } from "./write/octets.js";
export { router } from "./server/router.js";
export { webhooks } from "./server/webhooks.js";
export { callbackUrl } from "./webhooks/callback-url.js";
export { sender } from "./webhooks/sender.js";
export {
  anyArray,
  anyObject,
  projectAny,
  projectEach,
  projectValues,
  scalar,
} from "./write/project.js";
