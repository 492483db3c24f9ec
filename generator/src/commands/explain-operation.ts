/** Room `commands`: what Kontract does for one operation, as facts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Origin } from "../lint/diagnostic.js";
import type { SourceFile } from "../load/document.js";
import { positionsOf } from "../load/positions.js";
import type {
  Answer,
  Media,
  Operation,
  Param,
  SecurityScheme,
} from "../model/api.js";
import type { Layout } from "../name/layout.js";
import { pathLabel } from "../output/path-label.js";
import type { HandlerPlace } from "../scaffold/locate-handler.js";
import { describePolicies, type PolicyLine } from "./describe-policies.js";
import { describeSchema, jsonText } from "./describe-schema.js";

export interface OperationFacts {
  id: string;
  method: string;
  path: string;
  routed: boolean;
  group: string;
  handler: string;
  /** Where the user has written it; absent: nowhere. */
  handlerPlace?: HandlerPlace;
  code: FilePlace;
  spec: FilePlace;
  tags: string[];
  summary?: string;
  deprecated: boolean;
  /** OR of AND; empty: anybody. */
  security: { scheme: string; kind: string; scopes: string[] }[][];
  parameters: ParameterFacts[];
  unknownQuery: "ignore" | "refuse" | "as the router says";
  body?: BodyFacts;
  answers: AnswerFacts[];
  policies: PolicyLine[];
}

export interface FilePlace {
  file: string;
  line?: number;
}

export interface ParameterFacts extends FilePlace {
  name: string;
  in: Param["in"];
  required: boolean;
  /** `form, exploded`, or the media type of its text. */
  written: string;
  schema: string;
  default?: string;
}

export interface BodyFacts extends FilePlace {
  required: boolean;
  /** In bytes; absent: the router's. */
  limit?: number;
  media: MediaFacts[];
}

export interface MediaFacts {
  type: string;
  codec: string;
  schema: string;
}

export interface AnswerFacts extends FilePlace {
  status: Answer["status"];
  description?: string;
  media: MediaFacts[];
  headers: string[];
}

export interface Surroundings {
  layout: Layout;
  sources: readonly SourceFile[];
  /** Absolute. */
  out: string;
  cwd: string;
}

export function explainOperation(
  operation: Operation,
  { layout, sources, out, cwd }: Surroundings,
  handlerPlace: HandlerPlace | undefined,
): OperationFacts {
  const { api } = layout;
  const { params, body, answers, doc, unknownQuery } = operation;
  const group = api.groups.find((each) => each.operations.includes(operation));
  const key = group === undefined ? "" : layout.group(group).key;
  const { constant, file } = layout.operation(operation);
  const placeOf = placer(sources, [
    operation.origin,
    ...params.map(({ origin }) => origin),
    ...answers.map(({ origin }) => origin),
    ...(body === undefined ? [] : [body.origin]),
  ]);
  const mediaFacts = ({ type, codec, schema, item, typedOnly }: Media) => ({
    type,
    codec: typedOnly ? "typed only" : codec,
    schema:
      item === undefined
        ? describeSchema(schema, api.models)
        : `stream of ${describeSchema(item, api.models)}`,
  });
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    routed: operation.routed,
    group: key,
    handler: `${key}.${constant}`,
    ...(handlerPlace && { handlerPlace }),
    code: codePlace(join(out, file), pathLabel(join(out, file), cwd), constant),
    spec: placeOf(operation.origin),
    tags: operation.tags,
    ...(doc.summary !== undefined && { summary: doc.summary }),
    deprecated: doc.deprecated === true,
    security: operation.security.map(({ schemes }) =>
      schemes.map(({ name, scopes }) => ({
        scheme: name,
        kind: kindOf(api.security.find((each) => each.name === name)),
        scopes,
      })),
    ),
    parameters: params.map((param) => ({
      name: param.name,
      in: param.in,
      required: param.required,
      written:
        param.content ??
        `${param.style}${param.explode ? ", exploded" : ""}${param.allowReserved ? ", reserved characters allowed" : ""}`,
      schema: describeSchema(param.schema, api.models),
      ...(param.schema.default !== undefined && {
        default: jsonText(param.schema.default),
      }),
      ...placeOf(param.origin),
    })),
    unknownQuery: unknownQuery ?? "as the router says",
    ...(body && {
      body: {
        required: body.required,
        ...(body.limit !== undefined && { limit: body.limit }),
        media: body.media.map(mediaFacts),
        ...placeOf(body.origin),
      },
    }),
    answers: answers.map((answer) => ({
      status: answer.status,
      ...(answer.doc.description !== undefined && {
        description: answer.doc.description,
      }),
      media: answer.media.map(mediaFacts),
      headers: answer.headers.map(
        ({ name, required }) => `${name}${required ? "" : "?"}`,
      ),
      ...placeOf(answer.origin),
    })),
    policies: describePolicies(operation.policies),
  };
}

function kindOf(scheme: SecurityScheme | undefined): string {
  switch (scheme?.kind) {
    case "apiKey":
      return `${scheme.in} ${scheme.parameter}`;
    case "http":
      return `Authorization: ${scheme.scheme}`;
    case "oauth2":
    case "openIdConnect":
      return "Authorization: bearer";
    case "mutualTLS":
      return "client certificate";
    case undefined:
      return "";
  }
}

function placer(
  sources: readonly SourceFile[],
  origins: readonly Origin[],
): (origin: Origin) => FilePlace {
  const positions = positionsOf(sources, origins);
  const lines = new Map(
    origins.map((origin, index) => [origin, positions[index]?.line]),
  );
  return (origin) => {
    const line = lines.get(origin);
    return { file: origin.file, ...(line !== undefined && { line }) };
  };
}

/** Where the generated constant stands, once there is a file. */
function codePlace(path: string, file: string, constant: string): FilePlace {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return { file };
  }
  const at = text.indexOf(`export const ${constant}`);
  if (at === -1) return { file };
  return { file, line: text.slice(0, at).split("\n").length };
}
