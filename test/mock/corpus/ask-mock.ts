/** Asks a running mock for every operation of its document, and lets Ajv judge what it answers. */
import { once } from "node:events";
import { Agent, request as httpRequest } from "node:http";
import type { Json, JsonObject } from "../../../generator/src/load/document.js";
import type { Api, Operation } from "../../../generator/src/model/api.js";
import { createSampler } from "../../../generator/src/sample/sample.js";
import { isObject } from "../../differential/any-value.js";
import { type AjvDocument, ajvDocument, below } from "./ajv-document.js";
import {
  findRaw,
  type OwnRequest,
  ownRequest,
  type RawOperation,
} from "./own-request.js";

export interface MockReport {
  /** Operations with a route of their own. */
  operations: number;
  /** Of which a request could be written. */
  asked: number;
  accepted: number;
  /** With at least one value that the document itself shows. */
  fromExamples: number;
  /** Own examples that were refused, and that Ajv refuses as well: samples were accepted in their place. */
  faultyExamples: number;
  /** JSON answers that Ajv holds valid against the schema of their status and media type. */
  validated: number;
  /** Answers without a body, or of a kind that no JSON Schema describes. */
  other: number;
  /** Answers of 501: no value is found for the schema, or the document declares no answer. */
  withoutSample: string[];
  /** Operations that no request can be written for, and why. */
  unwritable: string[];
  /** What ought not to be. */
  unexplained: string[];
}

interface Reply {
  status: number;
  type: string;
  text: string;
}

const PATIENCE = 60_000;
const NO_SAMPLE =
  /"detail":"(?:no value was found that the schema|the document declares no answer)/;

export async function askMock(
  url: string,
  api: Api,
  bundle: JsonObject,
  isAsked: (operation: Operation, at: number) => boolean = () => true,
): Promise<MockReport> {
  const document = ajvDocument(bundle);
  const sampler = createSampler(api.models);
  // samples may take longer than servers keep an idle connection
  const agent = new Agent({ keepAlive: false });
  const report: MockReport = {
    operations: 0,
    asked: 0,
    accepted: 0,
    fromExamples: 0,
    faultyExamples: 0,
    validated: 0,
    other: 0,
    withoutSample: [],
    unwritable: [],
    unexplained: [],
  };

  async function ask(operation: Operation): Promise<void> {
    const name = `${operation.method} ${operation.path}`;
    const blame = (what: string) => report.unexplained.push(`${name}: ${what}`);
    const raw = findRaw({ paths: bundle["paths"] }, operation, document);
    if (raw === undefined) return void blame("is not found in the bundle");
    const make = (fromExamples: boolean) =>
      ownRequest(operation, api, raw, document, sampler, fromExamples);
    const request = make(true);
    if (typeof request === "string") {
      report.unwritable.push(`${name}: ${request}`);
      return;
    }
    report.asked += 1;
    if (request.values.some(({ isExample }) => isExample)) {
      report.fromExamples += 1;
    }
    let reply = await send(url, agent, request);
    if (isRefusal(reply) && !isOnlyAnswer(raw, document)) {
      const why = faultsOf(request, document);
      if (why.length === 0) return void blame(told(reply, request));
      report.faultyExamples += 1;
      const other = make(false);
      if (typeof other === "string") return void blame(other);
      reply = await send(url, agent, other);
      if (isRefusal(reply)) return void blame(told(reply, other));
    }
    if (reply.status === 501 && NO_SAMPLE.test(reply.text)) {
      report.withoutSample.push(name);
      return;
    }
    if (reply.status >= 500 && !declares(raw, reply.status, document)) {
      return void blame(told(reply, request));
    }
    report.accepted += 1;
    const faults = judgeAnswer(reply, raw, document);
    if (faults === undefined) report.other += 1;
    else if (faults.length === 0) report.validated += 1;
    else blame(`answer ${reply.status} ${faults.join("; ")}`);
  }

  const operations = api.groups
    .flatMap((group) => group.operations)
    .filter(({ routed }) => routed);
  report.operations = operations.length;
  for (const [at, operation] of operations.entries()) {
    if (!isAsked(operation, at)) continue;
    await ask(operation).catch((error: unknown) => {
      const name = `${operation.method} ${operation.path}`;
      report.unexplained.push(`${name}: ${String(error)}`);
    });
  }
  agent.destroy();
  return report;
}

/** The requests are meant to be valid, so every answer of a reader is one. */
function isRefusal({ status }: Reply): boolean {
  return [400, 401, 403, 404, 405, 406, 413, 415, 422].includes(status);
}

function faultsOf({ values }: OwnRequest, document: AjvDocument): string[] {
  return values.flatMap(({ what, schema, value, isExample }) =>
    isExample
      ? document
          .faults(schema, value, "request")
          .map((fault) => `${what} ${fault}`)
      : [],
  );
}

function told({ status, text }: Reply, { target, body }: OwnRequest): string {
  return `${status} ${text.slice(0, 400)} for ${target.slice(0, 200)} ${String(body ?? "").slice(0, 300)}`;
}

/** The document declares no success, so that the mock answers with what there is. */
function isOnlyAnswer(
  { operation }: RawOperation,
  { resolve }: AjvDocument,
): boolean {
  const answers = Object(resolve(below(operation, "responses"))?.node);
  const keys = Object.keys(answers as object);
  return keys.length > 0 && !keys.some((key) => /^(?:[23]|default)/i.test(key));
}

function answerPlace(
  { operation }: RawOperation,
  status: number,
  { resolve }: AjvDocument,
): string | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  for (const key of [String(status), range, range.toLowerCase(), "default"]) {
    const found = resolve(below(operation, "responses", key));
    if (found) return found.pointer;
  }
  return undefined;
}

function declares(
  raw: RawOperation,
  status: number,
  document: AjvDocument,
): boolean {
  return answerPlace(raw, status, document) !== undefined;
}

/** `undefined`: there is nothing that JSON Schema could say. */
function judgeAnswer(
  { status, type, text }: Reply,
  raw: RawOperation,
  document: AjvDocument,
): string[] | undefined {
  const answer = answerPlace(raw, status, document);
  const { resolve } = document;
  if (answer === undefined) {
    const answers = resolve(below(raw.operation, "responses"))?.node;
    return isObject(answers ?? null) && Object.keys(Object(answers)).length > 0
      ? ["is not declared"]
      : undefined;
  }
  const content = resolve(below(answer, "content"))?.node;
  const keys =
    content !== undefined && isObject(content) ? Object.keys(content) : [];
  if (text === "" && type === "") return undefined;
  const key = keys.find((each) => isOfType(each, type));
  if (key === undefined)
    return keys.length === 0 ? undefined : [`has the undeclared type ${type}`];
  if (!/[/+]json\b/.test(type)) return undefined;
  const media = resolve(below(answer, "content", key))?.pointer ?? "";
  const schema = below(media, "schema");
  if (resolve(schema) === undefined) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return ["is no JSON"];
  }
  return document
    .faults(schema, value, "response")
    .map((fault) => `${fault} in ${text.slice(0, 200)}`);
}

function isOfType(pattern: string, type: string): boolean {
  const plain = (text: string) =>
    (text.split(";")[0] ?? "").trim().toLowerCase();
  const [wanted, given] = [plain(pattern), plain(type)];
  if (wanted === given || /^\*(?:\/\*)?$/.test(wanted)) return true;
  return wanted.endsWith("/*") && given.startsWith(wanted.slice(0, -1));
}

async function send(
  url: string,
  agent: Agent,
  { method, target, headers, body }: OwnRequest,
): Promise<Reply> {
  const sent = httpRequest(url + target, {
    agent,
    method,
    path: target,
    headers: Object.fromEntries(headers),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (body === undefined) sent.end();
  else sent.setHeader("Content-Length", body.length).end(body);
  const [response] = await once(sent, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode,
    type: response.headers["content-type"] ?? "",
    text: Buffer.concat(chunks).toString(),
  };
}
