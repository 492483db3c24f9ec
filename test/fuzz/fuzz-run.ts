/** Sends hostile requests over raw connections, and holds every answer against what no answer may be. */
import { connect } from "node:net";
import type { Api, Operation } from "../../generator/src/model/api.js";
import { seededRandom } from "../random.js";
import {
  type Credentials,
  hostileRequests,
  type HostileRequest,
} from "./hostile-request.js";

export interface FuzzReport {
  requests: number;
  /** How many answers of each status. */
  statuses: Record<string, number>;
  /** Requests with answers that may not be; the first of each kind. */
  findings: { why: string; what: string; request: string; answer: string }[];
}

export interface FuzzSetting {
  port: number;
  api: Api;
  seed: number;
  requests: number;
  credentials?: Credentials;
  /** A mock: 501 where it finds no sample, and answers that clients choose by `Prefer`. */
  isMock?: boolean;
}

interface Received {
  /** The final answer; empty where there was none. */
  text: string;
  /** The server has neither closed the connection nor gone on. */
  isSilent: boolean;
}

/** An answer that takes longer is none, in ms. */
const PATIENCE = 30_000;
const AT_ONCE = 16;
const MOST_FINDINGS = 40;
/** What a mock says of operations that it cannot answer. */
const NO_SAMPLE =
  /"detail":"(?:no value was found that the schema|the document declares no answer)/;
/** What tells a stranger about the inside: traces, paths, messages of the engine. */
const LEAKS =
  /\bat (?:async )?[\w.<>]+ \(|node:internal|node_modules|\/(?:work|home|tmp|usr)\/|file:\/\/|\.[cm]?[jt]s:\d+|Unexpected (?:token|end of)|is not (?:a function|iterable|defined)|Cannot read propert|of undefined|\b(?:Type|Syntax|Range|Reference)Error\b|ECONN|EPIPE|in JSON at position|not valid JSON/;

export async function fuzz(setting: FuzzSetting): Promise<FuzzReport> {
  const { port, api, seed, requests, credentials } = setting;
  const supply = hostileRequests(api, seededRandom(seed), credentials);
  const report: FuzzReport = { requests: 0, statuses: {}, findings: [] };
  const kinds = new Set<string>();
  async function worker(): Promise<void> {
    while (report.requests < requests) {
      report.requests += 1;
      const { value } = supply.next();
      if (value === undefined) return;
      const request: HostileRequest = value;
      const answer = await send(port, request);
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer.text)?.[1] ?? "none";
      report.statuses[status] = (report.statuses[status] ?? 0) + 1;
      const why = judge(request, answer, status, setting);
      if (why === undefined) continue;
      const kind = `${why} ${request.what}`;
      if (kinds.has(kind) || report.findings.length >= MOST_FINDINGS) continue;
      kinds.add(kind);
      report.findings.push({
        why,
        what: request.what,
        request: request.bytes.subarray(0, 2_000).toString("latin1"),
        answer: answer.text.slice(0, 1_500),
      });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return report;
}

/** After `100 Continue`, if there was one. */
function lastAnswer(text: string): string {
  return text.replace(/^HTTP\/1\.1 100 [^]*?\r\n\r\n/, "");
}

function judge(
  { truncated, operation }: HostileRequest,
  { text: answer, isSilent }: Received,
  status: string,
  { api, isMock = false }: FuzzSetting,
): string | undefined {
  if (isSilent) return "the connection is left open";
  // a request that never ended may be left without an answer
  if (status === "none") return truncated ? undefined : "no answer";
  const [head = "", ...rest] = answer.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length !== undefined && body.length > Number(length)) {
    return "more than one answer";
  }
  if (status === "501" && isMock && NO_SAMPLE.test(body)) return undefined;
  const chosen = isMock ? preferred(head) : undefined;
  if (chosen !== undefined && isDeclared(chosen, head, api, operation)) {
    return leakOf(body);
  }
  if (status.startsWith("5")) return `answer of ${status}`;
  if (!status.startsWith("4")) return undefined;
  if (!/^content-type: application\/problem\+json/im.test(head)) {
    return "no problem document";
  }
  // an answer to HEAD has none
  if (body === "") return undefined;
  try {
    const problem: unknown = JSON.parse(body);
    const told = Object(problem) as { status?: unknown };
    return told.status === Number(status)
      ? leakOf(body)
      : "a problem of another status";
  } catch {
    return "a problem document that is no JSON";
  }
}

function leakOf(body: string): string | undefined {
  const leak = LEAKS.exec(body);
  return leak ? `tells of the inside: ${leak[0]}` : undefined;
}

/** The status that a client has chosen by `Prefer`, where it is the one that was answered. */
function preferred(head: string): string | undefined {
  const code = /^preference-applied:.*\bcode=(\d{3})/im.exec(head)?.[1];
  return code !== undefined && head.startsWith(`HTTP/1.1 ${code}`)
    ? code
    : undefined;
}

/** Whether the document has such an answer: that status, and that media type. */
function isDeclared(
  code: string,
  head: string,
  { groups }: Api,
  operation: Operation | undefined,
): boolean {
  const type = /^content-type: ([^;\r]+)/im.exec(head)?.[1];
  const keys = [code, `${code[0]}XX`, "default"];
  const asked = operation
    ? [operation]
    : groups.flatMap((group) => group.operations);
  return asked
    .flatMap(({ answers }) => answers)
    .filter(({ status }) => keys.includes(String(status)))
    .some(({ media }) =>
      type === undefined
        ? media.length === 0 || /^content-length: 0$/im.test(head)
        : media.some((each) => isOfType(each.type, type)),
    );
}

function isOfType(declared: string, given: string): boolean {
  const [plain = ""] = declared.split(";");
  return plain.includes("*") || plain.trim() === given.trim().toLowerCase();
}

function send(
  port: number,
  { bytes, truncated }: HostileRequest,
): Promise<Received> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    const end = (isSilent: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      const text = lastAnswer(Buffer.concat(chunks).toString("latin1"));
      resolve({ text, isSilent });
    };
    const timer = setTimeout(end, PATIENCE, true);
    socket.on("connect", () => {
      socket.write(bytes);
      if (truncated) socket.end();
    });
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => end(false));
    socket.on("close", () => end(false));
  });
}
