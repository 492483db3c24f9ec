/** Room `live`: requests made from a document against a running server, and what its answers have against the document. */
import type { Answer, Media } from "../model/api.js";
import type { Layout } from "../name/layout.js";
import { emitAnswerChecks } from "../probe/answer-checks.js";
import {
  faultyRequests,
  type ProbeRequest,
  validRequest,
} from "../probe/probe-request.js";
import { createSampler } from "../sample/sample.js";
import { installCode } from "./installed-code.js";

export interface ProbeFinding {
  operation: string;
  message: string;
  /** Repeats the request in a shell. */
  curl: string;
}

export interface ProbeReport {
  requests: number;
  findings: ProbeFinding[];
  /** Operations of which no valid request could be made. */
  skipped: string[];
}

export interface ProbeOptions {
  url: string;
  seed: number;
  /** Valid requests of each operation. */
  rounds: number;
  /** Faulty requests of each operation at most. */
  faults: number;
}

type Check = (body: unknown) => string[];

/** ms after which a server is taken to be silent. */
const PATIENCE = 30_000;

export async function probe(
  { api }: Layout,
  { url, seed, rounds, faults }: ProbeOptions,
): Promise<ProbeReport> {
  const { files, readers } = emitAnswerChecks(api);
  const code = await installCode(files);
  try {
    const checks = await loadChecks(files, code.load);
    const sampler = createSampler(api.models);
    const random = chance(seed);
    const report: ProbeReport = { requests: 0, findings: [], skipped: [] };
    const checkOf = (media: Media): Check | undefined =>
      checks.get(readers.get(media) ?? "");
    const ask = async (request: ProbeRequest): Promise<void> => {
      report.requests += 1;
      const message = await judge(request, url, checkOf);
      if (message === undefined) return;
      const operation = request.operation.id;
      const isKnown = report.findings.some(
        (each) => each.operation === operation && each.message === message,
      );
      if (isKnown) return;
      report.findings.push({ operation, message, curl: curlOf(request, url) });
    };
    for (const operation of api.groups.flatMap((each) => each.operations)) {
      if (!operation.routed) continue;
      for (let round = 0; round < rounds; round++) {
        const request = validRequest(operation, api, sampler, random);
        if (request) await ask(request);
        else if (round === 0) report.skipped.push(operation.id);
      }
      let sent = 0;
      for (const request of faultyRequests(operation, api, sampler)) {
        if (++sent > faults) break;
        await ask(request);
      }
    }
    return report;
  } finally {
    code.remove();
  }
}

/** What is wrong with the answer, in words. */
async function judge(
  request: ProbeRequest,
  url: string,
  checkOf: (media: Media) => Check | undefined,
): Promise<string | undefined> {
  const { operation, method, headers, body, breaks } = request;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url.replace(/\/$/, "") + request.target, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && { body }),
    });
    text = await response.text();
  } catch {
    return "no answer";
  }
  const { status } = response;
  // whether our made-up credentials are good is not the question
  const isStranger = status === 401 || status === 403;
  if (isStranger && operation.security.length > 0) return undefined;
  if (breaks !== undefined) {
    if (status >= 400 && status < 500) return undefined;
    return status >= 500
      ? `a request that breaks the contract (${breaks}) is answered ${status}`
      : `a request that breaks the contract (${breaks}) is accepted with ${status}`;
  }
  const answer = declared(operation.answers, status);
  if (answer === undefined) return `the status ${status} is not declared`;
  const type = response.headers.get("content-type");
  if (method === "HEAD" || [204, 205, 304].includes(status)) return undefined;
  for (const { name, required } of answer.headers) {
    if (required && name !== "content-type" && !response.headers.has(name)) {
      return `the header \`${name}\` is missing from the ${status} answer`;
    }
  }
  if (answer.media.length === 0 || text === "") {
    return answer.media.length > 0 && type !== null
      ? `the ${status} answer has no body`
      : undefined;
  }
  const media = answer.media.find((each) => isOfType(each.type, type ?? ""));
  if (media === undefined) {
    return `the media type \`${type ?? "none"}\` of the ${status} answer is not declared`;
  }
  if (media.codec !== "json") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `the ${status} answer is no JSON`;
  }
  const [fault] = checkOf(media)?.(value) ?? [];
  return (
    fault && `the body of the ${status} answer breaks its schema: ${fault}`
  );
}

function declared(
  answers: readonly Answer[],
  status: number,
): Answer | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return [status, range, "default"]
    .map((key) => answers.find((each) => each.status === key))
    .find((found) => found !== undefined);
}

function isOfType(pattern: string, type: string): boolean {
  const plain = (text: string) =>
    (text.split(";")[0] ?? "").trim().toLowerCase();
  const [wanted, given] = [plain(pattern), plain(type)];
  if (wanted === given || wanted === "*/*") return true;
  return wanted.endsWith("/*") && given.startsWith(wanted.slice(0, -1));
}

interface Reader {
  id: string;
  read(raw: object, issues: object): unknown;
}

async function loadChecks(
  files: readonly { path: string }[],
  load: (path: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Map<string, Check>> {
  const checks = new Map<string, Check>();
  for (const { path } of files) {
    if (!path.startsWith("operations/")) continue;
    for (const value of Object.values(await load(path))) {
      if (isReader(value)) checks.set(value.id, checkOf(value));
    }
  }
  return checks;
}

function isReader(value: unknown): value is Reader {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    "read" in value &&
    typeof value.read === "function"
  );
}

function checkOf(reader: Reader): Check {
  return (body) => {
    const faults: string[] = [];
    const issues = {
      size: 0,
      full: false,
      add(at: string, code: string) {
        issues.size += 1;
        faults.push(`\`${code}\` at \`${at.replace(/^body/, "#")}\``);
      },
      fill: () => undefined,
      drop: () => undefined,
    };
    reader.read({ body, mediaType: "application/json" }, issues);
    return faults;
  };
}

/** Mulberry32: the same numbers for the same seed. */
function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function curlOf(
  { method, target, headers, body }: ProbeRequest,
  url: string,
): string {
  const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const parts = [
    "curl -i",
    `-X ${method}`,
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
    quote(url.replace(/\/$/, "") + target),
  ];
  return parts.join(" ");
}
