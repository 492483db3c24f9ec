/** Room `emit`: everything that generated code takes from the runtime, by name. Checked against the real exports by a test. */
import { type Code, symbolCode } from "./code.js";
import { importSymbol } from "./symbol.js";

const CODEGEN = "@kontract/runtime/codegen1";

const VALUES = [
  "anyArray",
  "anyObject",
  "boolean",
  "bytes",
  "callbackUrl",
  "codePoints",
  "coerce",
  "dataStream",
  "decoded",
  "define",
  "empty",
  "encodeBigint",
  "encodeBigintText",
  "encodeDate",
  "encodeDay",
  "encoder",
  "Evaluated",
  "eventStream",
  "exactlyOne",
  "headerFields",
  "integer",
  "isByte",
  "isDate",
  "isDateTime",
  "isDuration",
  "isEmail",
  "isEqual",
  "isHostname",
  "isIdnEmail",
  "isIdnHostname",
  "isInt32",
  "isInt64",
  "isInteger",
  "isIpv4",
  "isIpv6",
  "isIri",
  "isIriReference",
  "isJsonPointer",
  "isMultipleOf",
  "isRecord",
  "isRegex",
  "isRelativeJsonPointer",
  "isTime",
  "isUnique",
  "isUri",
  "isUriReference",
  "isUriTemplate",
  "isUuid",
  "json",
  "jsonItems",
  "jsonText",
  "lone",
  "number",
  "operation",
  "own",
  "parseBigint",
  "parseDate",
  "pointer",
  "problemJson",
  "problemType",
  "projectAny",
  "projectEach",
  "projectValues",
  "replies",
  "router",
  "safeTest",
  "scalar",
  "sender",
  "text",
  "webhooks",
  "withoutDefaults",
] as const;

const TYPES = [
  "Authenticator",
  "BasicCredential",
  "ByteSource",
  "ByteStream",
  "ClientCertificate",
  "CacheInput",
  "CursorInput",
  "CursorOf",
  "DocumentFacts",
  "Evaluated",
  "Exchange",
  "Filter",
  "FilterBy",
  "FilterTree",
  "Handler",
  "HeaderForms",
  "Issues",
  "ItemSource",
  "MergePatch",
  "Names",
  "OffsetInput",
  "Operation",
  "PageInput",
  "Preconditions",
  "PrincipalOf",
  "RawRequest",
  "ReplyProblem",
  "ReplyStatus",
  "ReplyWith",
  "ResponseChecks",
  "Route",
  "Router",
  "RouterOptions",
  "SecuritySchemes",
  "SentAnswer",
  "ServerEvent",
  "Sender",
  "Shape",
  "Sort",
  "Sparse",
  "StatusOf",
  "WebhookOptions",
  "UploadedFile",
  "UploadedStream",
  "WireResponse",
  "WithFiles",
] as const;

type Value = (typeof VALUES)[number];
type Type = (typeof TYPES)[number];

/** `rt.isUuid`: the runtime's function as code. */
export const rt = Object.fromEntries(
  VALUES.map((each) => [each, symbolCode(importSymbol(CODEGEN, each))]),
) as Record<Value, Code>;

/** `rtType.Issues`: the runtime's type as code. */
export const rtType = Object.fromEntries(
  TYPES.map((each) => [each, symbolCode(importSymbol(CODEGEN, each, true))]),
) as Record<Type, Code>;

export const RUNTIME_VALUES: readonly string[] = VALUES;
export const RUNTIME_TYPES: readonly string[] = TYPES;

const CLIENT = "@kontract/runtime/client";

/** What `client.ts` stands on. */
export const client = {
  connect: symbolCode(importSymbol(CLIENT, "connect")),
};

export const clientType = {
  Call: symbolCode(importSymbol(CLIENT, "Call", true)),
  CallTable: symbolCode(importSymbol(CLIENT, "CallTable", true)),
  ClientOptions: symbolCode(importSymbol(CLIENT, "ClientOptions", true)),
};
