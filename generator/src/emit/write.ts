/** Room `emit`: `write<Operation>`: copies the declared fields and serializes. */
import type {
  Answer,
  Header,
  Media,
  Operation,
  StatusKey,
} from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { OperationNames } from "../name/layout.js";
import { Locals } from "./check/locals.js";
import { constantCase } from "./check/scalar.js";
import { possibleTypes } from "./check/types.js";
import { type Code, lines, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { isBodiless } from "./answer-types.js";
import { isItemStream, sendsEvents } from "./item-stream.js";
import { needsProjection } from "./project/needs.js";
import { projected, projector, type ProjectScope } from "./project/project.js";
import { isProblemAnswer } from "./reply-type.js";
import { rt, rtType } from "./runtime-symbols.js";
import {
  assign,
  block,
  call,
  objectLines,
  objectType,
  parameters,
  propertyKey,
} from "./syntax.js";
import type { SourceUnit } from "./unit.js";

export function emitWrite(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
  names: OperationNames,
): void {
  const scope = projectScope(context, unit, names);
  const chooses = operation.answers.some(
    (answer) => answer.media.length > 1 && !isBodiless(answer.status),
  );
  const signature = [
    ts`response: ${name(`${names.pascal}Response`)}`,
    ...(chooses ? [ts`type?: string`] : []),
  ];
  unit.add(
    ts`function ${name(`write${names.pascal}`)}${parameters(signature)}: ${rtType.WireResponse} ${block(
      writeBody(scope, operation),
    )}`,
  );
}

/** `payload<Operation>`: the body of a request that the service sends, copied and serialized as an answer would be. */
export function emitPayload(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
  names: OperationNames,
): void {
  const { body } = operation;
  if (!body) return;
  const scope = projectScope(context, unit, names);
  const statements = answerStatements(
    scope,
    { ...body, status: 200, headers: [], links: [] },
    ts`200`,
  );
  const response = ts`response: ${objectType([ts`body: unknown`])}`;
  // An object type that is the only parameter breaks inside of the parentheses.
  const signature =
    body.media.length > 1
      ? parameters([response, ts`type?: string`])
      : ts`(${response})`;
  unit.add(
    ts`function ${name(`payload${names.pascal}`)}${signature}: ${rtType.WireResponse} ${block(statements)}`,
  );
}

function projectScope(
  context: EmitContext,
  unit: SourceUnit,
  names: OperationNames,
): ProjectScope {
  return {
    mode: "report",
    unit,
    layout: context.layout,
    locals: new Locals(),
    base: names.pascal,
    model: context.model,
    projectionOf: (id) => context.functionOf(id, "project"),
    made: new Map(),
  };
}

function writeBody(scope: ProjectScope, operation: Operation): Code[] {
  const answers = operation.answers;
  const exact = answers.filter((answer) => typeof answer.status === "number");
  const open = answers.filter((answer) => typeof answer.status !== "number");
  if (answers.length === 0) return [ts`return response;`];
  const last = openAnswers(scope, open);
  if (exact.length === 0) return last;
  const cases = exact.map(
    (answer) => ts`case ${numeric(answer.status)}:
  ${lines(answerStatements(scope, answer, ts`${numeric(answer.status)}`))}`,
  );
  if (last.length > 0) {
    cases.push(ts`default:
  ${lines(last)}`);
  }
  return [
    ts`switch (response.status) {
  ${lines(cases)}
}`,
  ];
}

function numeric(status: StatusKey): number {
  return typeof status === "number" ? status : 0;
}

/** Ranges, then `default`; the last one that is declared takes what is left. */
function openAnswers(scope: ProjectScope, open: readonly Answer[]): Code[] {
  const out: Code[] = [];
  const ranges = open.filter((answer) => answer.status !== "default");
  const rest = open.find((answer) => answer.status === "default");
  const status = ts`response.status`;
  for (const [at, answer] of ranges.entries()) {
    const statements = answerStatements(scope, answer, status);
    if (rest === undefined && at === ranges.length - 1) {
      out.push(...statements);
      return out;
    }
    const first = Number(String(answer.status).charAt(0));
    out.push(
      ts`if (Math.floor(response.status / 100) === ${first}) ${block(statements)}`,
    );
  }
  if (rest) out.push(...answerStatements(scope, rest, status));
  return out;
}

function answerStatements(
  scope: ProjectScope,
  answer: Answer,
  status: Code,
): Code[] {
  const headers = headerFields(scope, answer);
  if (answer.media.length === 0 || isBodiless(answer.status)) {
    return [
      ts`return ${call(rt.empty, headers ? [status, headers] : [status])};`,
    ];
  }
  const hint = `${typeof answer.status === "number" ? answer.status : pascal(answer.status)}`;
  const [first, ...others] = answer.media;
  if (!first) return [];
  const out: Code[] = others.map((media, at) => {
    const statement = mediaStatement(
      scope,
      answer,
      media,
      status,
      headers,
      `${hint}${at + 2}`,
    );
    return ts`if (type === ${media.type}) ${block([statement])}`;
  });
  return [...out, mediaStatement(scope, answer, first, status, headers, hint)];
}

/** Declared headers as text, by their styles. */
function headerFields(scope: ProjectScope, answer: Answer): Code | undefined {
  if (answer.headers.length === 0) return undefined;
  const forms = answer.headers.map((header) => {
    const form = formOf(scope, header);
    return ts`${propertyKey(header.name)}: ${form}`;
  });
  const constant = scope.unit.constant(
    `${constantCase(scope.base)}_${String(answer.status).toUpperCase()}_HEADERS`,
    `${scope.base} headers of ${answer.status}`,
    (name) =>
      assign(ts`const ${name}: ${rtType.HeaderForms}`, objectLines(forms)),
  );
  return call(rt.headerFields, [ts`response.headers`, constant]);
}

function formOf(scope: ProjectScope, header: Header): string {
  if (header.content !== undefined) {
    return /[/+]json\b/.test(header.content) ? "json" : "simple";
  }
  const isObject = possibleTypes(scope, header.schema).has("object");
  return header.explode && isObject ? "explode" : "simple";
}

function pascal(status: string): string {
  return status === "default" ? "Default" : status;
}

function mediaStatement(
  scope: ProjectScope,
  answer: Answer,
  media: Media,
  status: Code,
  headers: Code | undefined,
  hint: string,
): Code {
  const body = ts`response.body`;
  if (isItemStream(media)) {
    return streamStatement(scope, media, status, headers, hint);
  }
  const writer = writerOf(answer, media);
  const value =
    media.codec === "json" ? projected(scope, media.schema, body, hint) : body;
  const args = [status, value];
  const needsType = media.type !== writer.type;
  if (headers) args.push(headers);
  else if (needsType) args.push(ts`undefined`);
  if (needsType) args.push(ts`${media.type}`);
  return ts`return ${call(writer.function, args)};`;
}

/** Items are copied one by one, as they are asked for. */
function streamStatement(
  scope: ProjectScope,
  media: Media & { item: Schema },
  status: Code,
  headers: Code | undefined,
  hint: string,
): Code {
  const each = needsProjection(scope, media.item)
    ? projector(scope, media.item, `${hint}Item`)
    : ts`(item) => item`;
  const events = sendsEvents(scope, media) ? rt.eventStream : rt.dataStream;
  const writer = media.codec === "events" ? events : rt.jsonItems;
  const args = [status, ts`response.body`, each];
  const isUsual =
    media.type === "text/event-stream" || media.type === "application/x-ndjson";
  if (headers) args.push(headers);
  else if (!isUsual) args.push(ts`undefined`);
  if (!isUsual) args.push(ts`${media.type}`);
  return ts`return ${call(writer, args)};`;
}

/** The runtime's writer and the media type that it writes when told none. */
function writerOf(
  answer: Answer,
  media: Media,
): { function: Code; type: string } {
  if (isProblemAnswer(answer)) {
    return { function: rt.problemJson, type: "application/problem+json" };
  }
  switch (media.codec) {
    case "json":
      return { function: rt.json, type: "application/json" };
    case "text":
      return { function: rt.text, type: "text/plain" };
    default:
      return { function: rt.bytes, type: "application/octet-stream" };
  }
}
