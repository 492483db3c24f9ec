/** Room `model`: the intermediate representation, HTTP half (types only). */
import type { Origin } from "../lint/diagnostic.js";
import type { Json, JsonObject } from "../load/document.js";
import type { Cors } from "./build-cors.js";
import type { Jwt } from "./build-jwt.js";
import type { Versioning } from "./build-versioning.js";
import type { Policies } from "./policies/policies.js";
import type { Doc, Model, ModelId, Schema } from "./schema.js";

export interface Api {
  title: string;
  version: string;
  openapi: "3.0" | "3.1" | "3.2";
  doc: Doc;
  groups: Group[];
  /** Webhooks, then callbacks, in document order. */
  outgoing: Outgoing[];
  /** In document order; reached from operations or not. */
  models: Map<ModelId, Model>;
  security: SecurityScheme[];
  servers: string[];
  /** `x-cors`. */
  cors?: Cors;
  /** `x-versioning`. */
  versioning?: Versioning;
  /** `x-problems`. */
  problems: ProblemType[];
  origin: Origin;
}

/** `x-handler-group`, else the first tag, else `root`. */
export interface Group {
  title: string;
  doc: Doc;
  operations: Operation[];
}

/** A request that the service sends: of a webhook, or of a callback of one of its operations. */
export interface Outgoing {
  /** As its receiver sees it; `path` is the name of the webhook, or the runtime expression of the callback. */
  operation: Operation;
  /** The operation that the callback belongs to; absent for webhooks. */
  of?: Operation;
  /** The callback's name among those of its operation; absent for webhooks. */
  name?: string;
}

/** Upper case: `GET`, …, `QUERY`, and whatever `additionalOperations` names. */
export type Method = string;

export interface Operation {
  /** The operationId as written, or derived when there is none (then `derivedId`). */
  id: string;
  derivedId?: true;
  method: Method;
  /** The path key as written, without `?query` and `#fragment`. */
  path: string;
  segments: Segment[];
  /** The service sends the request: read-only members belong to its body, write-only ones do not. */
  sent?: true;
  /** `false`: typed and listed, but another operation holds its route. */
  routed: boolean;
  params: Param[];
  body?: Body;
  answers: Answer[];
  security: SecurityAlternative[];
  /** What becomes of query parameters that are not declared; the router's option when absent. */
  unknownQuery?: "ignore" | "refuse";
  /** Raw `x-` members of the operation. */
  extensions: JsonObject;
  /** What the runtime does beside the contract; inherited ones included. */
  policies: Policies;
  doc: Doc;
  tags: string[];
  origin: Origin;
  /** The models that its parameters, bodies and headers refer to, each once. */
  uses: ModelId[];
  /** Hash (hex, 16 digits) over everything that clients and handlers can see of the operation, references followed. */
  hash: string;
}

/** A path segment: literal text and variables in turn (`v{n}.json`). `text` is percent-decoded. */
export interface Segment {
  parts: (string | { variable: string })[];
}

export type Style =
  | "matrix"
  | "label"
  | "simple"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

export interface Param {
  name: string;
  in: "path" | "query" | "header" | "cookie" | "querystring";
  required: boolean;
  style: Style;
  explode: boolean;
  allowReserved: boolean;
  allowEmptyValue: boolean;
  schema: Schema;
  /** A `content` parameter: the media type its text is in (`application/json`). */
  content?: string;
  doc: Doc;
  origin: Origin;
}

export type Codec =
  "json" | "form" | "multipart" | "text" | "bytes" | "events" | "lines";

export interface Media {
  /** As written, lower-cased, parameters kept: `application/json`, `image/*`. */
  type: string;
  /** How the body is read or written; `bytes` with `typedOnly` when there is no codec. */
  codec: Codec;
  /** No codec: arrives as a byte stream, is sent as it is. */
  typedOnly?: true;
  schema: Schema;
  /** `itemSchema` of 3.2, `x-item-schema` before. */
  item?: Schema;
  encoding: (Encoding & { property: string })[];
  /** `prefixEncoding` and `itemEncoding` of 3.2: parts by position. */
  positions?: { prefix: Encoding[]; item?: Encoding };
  examples: { name: string; value: Json }[];
  origin: Origin;
}

/** How one member of a form, or one part of a multipart body, is written. */
export interface Encoding {
  /** Media types, separated by commas, lower-cased. */
  contentType?: string;
  style?: Style;
  explode?: boolean;
  allowReserved?: boolean;
  /** `x-stream`: a file that the handler reads as it arrives. */
  stream?: true;
  headers: Header[];
}

export interface Body {
  required: boolean;
  /** `x-max-body` in bytes. */
  limit?: number;
  media: Media[];
  doc: Doc;
  origin: Origin;
}

export type StatusKey =
  number | "1XX" | "2XX" | "3XX" | "4XX" | "5XX" | "default";

export interface Answer {
  status: StatusKey;
  headers: Header[];
  media: Media[];
  /** The handler answers with items only, and the runtime makes the rest of the body. */
  paged?: PagedAnswer;
  /** Names of the catalogue's problems, or all of its status. */
  problems?: string[] | "status";
  /** Where clients may go from here, as `links` and `x-links` have it. */
  links: AnswerLink[];
  /** The member of the body that the runtime fills with links, where the schema requires it. */
  linked?: string;
  doc: Doc;
  origin: Origin;
}

/** One problem of the document's catalogue (RFC 9457). */
export interface ProblemType {
  name: string;
  type: string;
  title: string;
  status: number;
  detail?: string;
  members: ProblemMember[];
  origin: Origin;
}

/** An extension member of a problem. */
export interface ProblemMember {
  name: string;
  kind: "string" | "number" | "boolean" | "object";
  /** The texts that it can be. */
  values?: string[];
  list?: true;
  optional: boolean;
}

/** One link of an answer (OpenAPI link object), as it is written. */
export interface AnswerLink {
  rel: string;
  target: { id: string } | { path: string; method: string };
  /** By name, qualified by its place (`path.id`) or not; values are constants or runtime expressions. */
  parameters: { name: string; value: Json }[];
  origin: Origin;
}

/** How an answer of a declared pagination is written by handlers. */
export interface PagedAnswer {
  /** Members that lead from the body to the items; none where the body is the list itself. */
  items: { name: string; optional: boolean }[];
  /** The number of all items: has to be given, may be given, or is of no use. */
  total: "required" | "optional" | "none";
  /** What tells of a next page: a cursor, a mere yes, or the total. */
  next: "cursor" | "more" | "none";
}

export interface Header {
  /** Lower case. */
  name: string;
  required: boolean;
  explode: boolean;
  schema: Schema;
  content?: string;
  doc: Doc;
  origin: Origin;
}

export type SecurityScheme = {
  /** As written: the key of `options.security`. */
  name: string;
  doc: Doc;
  origin: Origin;
} & (
  | { kind: "apiKey"; in: "header" | "query" | "cookie"; parameter: string }
  | { kind: "http"; scheme: string; bearerFormat?: string; jwt?: Jwt }
  | { kind: "oauth2"; scopes: string[]; jwt?: Jwt }
  | { kind: "openIdConnect"; url: string; jwt?: Jwt }
  | { kind: "mutualTLS" }
);

/** AND of schemes; an empty one is "anonymous". An operation's list is OR; an empty list is "open". */
export interface SecurityAlternative {
  schemes: { name: string; scopes: string[] }[];
}
