/** Room `emit`: the types of one operation: what its handler receives, what it may answer, its `reply`. */
import type {
  Answer,
  Header,
  Media,
  Operation,
  StatusKey,
} from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { OperationNames } from "../name/layout.js";
import { possibleTypes } from "./check/types.js";
import { soleReference } from "./check/scope.js";
import { type Code, mentions, name, ts } from "./code.js";
import { operationsSymbol } from "./contract-symbols.js";
import type { EmitContext } from "./context.js";
import { commentLine, docBlock } from "./doc.js";
import { hasPrincipal, isReadable } from "./read.js";
import { rtType } from "./runtime-symbols.js";
import { statusName } from "./status-names.js";
import {
  assign,
  index,
  objectType,
  propertyKey,
  typeArgument,
  typeArguments,
  unionAlias,
  unionArgument,
  unionMember,
} from "./syntax.js";
import { documented, fileSymbol, type SourceUnit } from "./unit.js";

export function emitOperationTypes(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
  names: OperationNames,
): void {
  const alias = unit.declare(`${names.pascal}Contract`);
  const contract = name(alias);
  const route = `${operation.method} ${commentLine(operation.path)}`;
  const request = documented(
    docBlock(
      `What the handler of \`${route}\` receives: decoded, checked, defaults filled in.`,
      {},
    ),
    ts`export interface ${name(`${names.pascal}Request`)} ${members(
      requestMembers(context, operation, contract),
    )}`,
  );
  const response = documented(
    docBlock(
      "What it may answer. A status the contract does not declare is a type error.",
      {},
    ),
    unionAlias(
      ts`export type ${name(`${names.pascal}Response`)}`,
      operation.answers.length === 0
        ? [ts`never`]
        : branches(context, operation, names, contract),
    ),
  );
  if ([request, response].some((code) => mentions(code, alias))) {
    const own = index(operationsSymbol, names.constant);
    unit.add(assign(ts`type ${contract}`, own));
  }
  unit.add(request);
  unit.add(response);
  unit.add(replyInterface(operation, names));
  unit.add(
    documented(
      docBlock(`\`${route}\``, operation.doc),
      assign(
        ts`export type ${name(`${names.pascal}Handler`)}`,
        typeArguments(rtType.Handler, [
          name(`${names.pascal}Request`),
          name(`${names.pascal}Response`),
          name(`${names.pascal}Reply`),
        ]),
      ),
    ),
  );
}

function members(list: readonly Code[]): Code {
  if (list.length === 0) return ts`{}`;
  return ts`{
  ${list.map((each) => ts`${each};`)}
}`;
}

function requestMembers(
  context: EmitContext,
  operation: Operation,
  contract: Code,
): Code[] {
  const out: Code[] = [];
  const parameters = index(contract, "parameters");
  const places = [
    ["params", "path"],
    ["query", "query"],
    ["headers", "header"],
    ["cookies", "cookie"],
  ] as const;
  for (const [key, place] of places) {
    if (!operation.params.some((param) => param.in === place)) continue;
    out.push(
      ts`${name(key)}: ${typeArgument(name("NonNullable"), index(parameters, place))}`,
    );
  }
  const body = bodyType(context, operation, contract);
  if (body) {
    out.push(
      unionMember(operation.body?.required ? ts`body:` : ts`body?:`, body),
    );
  }
  const principal = principalType(operation);
  if (principal) out.push(unionMember(ts`principal:`, principal));
  return out;
}

function bodyType(
  context: EmitContext,
  operation: Operation,
  contract: Code,
): Code[] | undefined {
  const declared = operation.body?.media ?? [];
  const media = declared.filter(isReadable);
  if (media.length === 0) return undefined;
  const request = index(contract, "requestBody");
  const content = index(
    operation.body?.required
      ? request
      : typeArgument(name("NonNullable"), request),
    "content",
  );
  const [only] = media;
  if (declared.length === 1 && only) {
    return [mediaType(context, only, content, "input")];
  }
  return media.map((each) =>
    objectType([
      ts`contentType: ${each.type}`,
      ts`value: ${mediaType(context, each, content, "input")}`,
    ]),
  );
}

/** The type of one body: a model by its name, anything else by its place in the contract. */
function mediaType(
  context: EmitContext,
  media: Media,
  content: Code,
  direction: "input" | "output",
): Code {
  if (
    media.codec === "bytes" ||
    media.codec === "events" ||
    media.codec === "lines"
  ) {
    return direction === "input" ? rtType.ByteStream : rtType.ByteSource;
  }
  if (media.codec === "text" && direction === "input") return ts`string`;
  const reference = soleReference(media.schema);
  if (reference !== undefined) {
    const names = context.layout.model(reference);
    return fileSymbol(
      names.file,
      direction === "input" ? names.input : names.type,
      true,
    );
  }
  return index(content, media.type);
}

/** The union over the alternatives; schemes that must hold together by name; `undefined` where anonymous requests are let in. */
function principalType(operation: Operation): Code[] | undefined {
  const alternatives = operation.security;
  if (!hasPrincipal(operation)) return undefined;
  const types: Code[] = [];
  const seen = new Set<string>();
  for (const { schemes } of alternatives) {
    const key = JSON.stringify(schemes.map((scheme) => scheme.name));
    if (seen.has(key)) continue;
    seen.add(key);
    const [only] = schemes;
    if (!only) types.push(ts`undefined`);
    else if (schemes.length === 1) types.push(principalOf(only.name));
    else {
      types.push(
        objectType(
          schemes.map(
            (scheme) =>
              ts`${propertyKey(scheme.name)}: ${principalOf(scheme.name)}`,
          ),
        ),
      );
    }
  }
  return types;
}

function principalOf(scheme: string): Code {
  return ts`${rtType.PrincipalOf}<${scheme}>`;
}

/** One branch for each status and media type. */
function branches(
  context: EmitContext,
  operation: Operation,
  names: OperationNames,
  contract: Code,
): Code[] {
  return operation.answers.flatMap((answer) => {
    const status = statusType(operation.answers, answer.status);
    const at = index(contract, "responses");
    const own =
      typeof answer.status === "number"
        ? ts`${at}[${answer.status}]`
        : index(at, answer.status);
    const content = index(own, "content");
    const brand = ts`readonly __op?: ${names.constant}`;
    const headers = headersMember(context, answer.headers);
    if (answer.media.length === 0 || isBodiless(answer.status)) {
      return [
        objectType([ts`status: ${status}`, ts`body?: never`, headers, brand]),
      ];
    }
    return answer.media.map((media, order) => {
      const body = mediaType(context, media, content, "output");
      const parts = [ts`status: ${status}`, ts`body: ${body}`, headers];
      if (answer.media.length > 1) {
        parts.push(
          order === 0 ? ts`type?: ${media.type}` : ts`type: ${media.type}`,
        );
      }
      return objectType([...parts, brand]);
    });
  });
}

/** RFC 9110 sections 15.2, 15.3.5, 15.3.6 and 15.4.5: no content whatever the document says. */
export function isBodiless(status: StatusKey): boolean {
  return (
    status === 204 ||
    status === 205 ||
    status === 304 ||
    status === "1XX" ||
    (typeof status === "number" && status < 200)
  );
}

/** `default` and ranges stand for the registered statuses that are not declared otherwise. */
function statusType(answers: readonly Answer[], status: StatusKey): Code {
  if (typeof status === "number") return ts`${status}`;
  const numbers = answers
    .map((answer) => answer.status)
    .filter((each) => typeof each === "number")
    .filter(
      (each) =>
        status === "default" || `${Math.floor(each / 100)}XX` === status,
    );
  const ranges =
    status === "default"
      ? answers
          .map((answer) => answer.status)
          .filter((each) => typeof each === "string" && each !== "default")
      : [];
  const excluded = [
    ...numbers.map((each) => ts`${each}`),
    ...ranges.map((each) => ts`${rtType.StatusOf}<${each}>`),
  ];
  const all = ts`${rtType.StatusOf}<${status}>`;
  if (excluded.length === 0) return all;
  return typeArguments(name("Exclude"), [all, unionArgument(excluded)]);
}

function headersMember(context: EmitContext, headers: readonly Header[]): Code {
  if (headers.length === 0) return ts`headers?: Record<string, never>`;
  const type = objectType(
    headers.map((header) => {
      const key = propertyKey(header.name);
      const value = headerType(context, header.schema);
      return header.required ? ts`${key}: ${value}` : ts`${key}?: ${value}`;
    }),
  );
  return headers.some((header) => header.required)
    ? ts`headers: ${type}`
    : ts`headers?: ${type}`;
}

/** Header values are text; what their schema allows is what may be given. */
function headerType(context: EmitContext, schema: Schema): Code {
  const types = possibleTypes(context, schema);
  const parts: Code[] = [];
  if (types.has("string")) parts.push(ts`string`);
  if (types.has("number") || types.has("integer")) parts.push(ts`number`);
  if (types.has("boolean")) parts.push(ts`boolean`);
  if (types.has("array"))
    parts.push(ts`readonly (string | number | boolean)[]`);
  if (types.has("object")) {
    parts.push(ts`Record<string, string | number | boolean>`);
  }
  if (parts.length === 0) return ts`string`;
  return parts.reduce((union, each) => ts`${union} | ${each}`);
}

function replyInterface(operation: Operation, names: OperationNames): Code {
  const response = name(`${names.pascal}Response`);
  const methods = replyMethods(operation).map(
    ({ method, status, isProblem }) =>
      ts`${name(method)}: ${typeArguments(
        isProblem ? rtType.ReplyProblem : rtType.ReplyWith,
        [response, ts`${status}`],
      )};`,
  );
  const problems = operation.answers
    .filter(isProblemAnswer)
    .map((answer) => statusType(operation.answers, answer.status));
  const base = typeArguments(
    rtType.ReplyStatus,
    problems.length === 0 ? [response] : [response, unionArgument(problems)],
  );
  const head = ts`export interface ${name(`${names.pascal}Reply`)} extends ${base}`;
  return methods.length === 0
    ? ts`${head} {}`
    : ts`${head} {
  ${methods}
}`;
}

/** `reply.ok`, `reply.notFound` …: statuses that are declared as such and have a registered phrase. */
export function replyMethods(
  operation: Operation,
): { method: string; status: number; isProblem: boolean }[] {
  return operation.answers.flatMap((answer) => {
    if (typeof answer.status !== "number") return [];
    const method = statusName(answer.status);
    if (method === undefined) return [];
    const isProblem = isProblemAnswer(answer);
    return [{ method, status: answer.status, isProblem }];
  });
}

export function isProblemAnswer(answer: Answer): boolean {
  const [only] = answer.media;
  return (
    answer.media.length === 1 &&
    only !== undefined &&
    /^application\/problem\+json\b/.test(only.type)
  );
}
