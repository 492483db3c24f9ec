/** Sends hostile requests over raw connections, and holds every answer against what no answer may be. */
import { connect } from "node:net";
import type { Api } from "../../generator/src/model/api.js";
import { seededRandom } from "../random.js";
import { hostileRequests, type HostileRequest } from "./hostile-request.js";

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
  /** Whether 501 is declared: the mock says so of what has no sample. */
  allows501?: boolean;
}

/** An answer that takes longer is none, in ms. */
const PATIENCE = 30_000;
const AT_ONCE = 16;
const MOST_FINDINGS = 40;
/** What tells a stranger about the inside: traces, paths, messages of the engine. */
const LEAKS =
  /\bat (?:async )?[\w.<>]+ \(|node:internal|node_modules|\/(?:work|home|tmp|usr)\/|file:\/\/|\.[cm]?[jt]s:\d+|Unexpected (?:token|end of)|is not (?:a function|iterable|defined)|Cannot read propert|of undefined|\b(?:Type|Syntax|Range|Reference)Error\b|ECONN|EPIPE|in JSON at position|not valid JSON/;

export async function fuzz(setting: FuzzSetting): Promise<FuzzReport> {
  const { port, api, seed, requests } = setting;
  const supply = hostileRequests(api, seededRandom(seed));
  const report: FuzzReport = { requests: 0, statuses: {}, findings: [] };
  const kinds = new Set<string>();
  async function worker(): Promise<void> {
    while (report.requests < requests) {
      report.requests += 1;
      const { value } = supply.next();
      if (value === undefined) return;
      const request: HostileRequest = value;
      const answer = await send(port, request);
      const status =
        /^HTTP\/1\.1 (\d{3})/.exec(lastAnswer(answer))?.[1] ?? "none";
      report.statuses[status] = (report.statuses[status] ?? 0) + 1;
      const why = judge(request, lastAnswer(answer), status, setting);
      if (why === undefined) continue;
      const kind = `${why} ${request.what}`;
      if (kinds.has(kind) || report.findings.length >= MOST_FINDINGS) continue;
      kinds.add(kind);
      report.findings.push({
        why,
        what: request.what,
        request: request.bytes.subarray(0, 2_000).toString("latin1"),
        answer: answer.slice(0, 1_500),
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
  { truncated }: HostileRequest,
  answer: string,
  status: string,
  { allows501 = false }: FuzzSetting,
): string | undefined {
  // a request that never ended may be left without an answer
  if (status === "none") return truncated ? undefined : "no answer";
  if (status === "501" && allows501) return undefined;
  if (status.startsWith("5")) return `answer of ${status}`;
  if (!status.startsWith("4")) return undefined;
  const [head = "", ...rest] = answer.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const leak = LEAKS.exec(body);
  if (leak) return `tells of the inside: ${leak[0]}`;
  // What a client has chosen by `Prefer` is what the document declares, a problem or not.
  if (/^preference-applied:/im.test(head)) return undefined;
  if (!/^content-type: application\/problem\+json/im.test(head)) {
    return "no problem document";
  }
  // an answer to HEAD has none
  if (body === "") return undefined;
  try {
    const problem: unknown = JSON.parse(body);
    const told = Object(problem) as { status?: unknown };
    return told.status === Number(status)
      ? undefined
      : "a problem of another status";
  } catch {
    return "a problem document that is no JSON";
  }
}

function send(
  port: number,
  { bytes, truncated }: HostileRequest,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    const timer = setTimeout(end, PATIENCE);
    socket.on("connect", () => {
      socket.write(bytes);
      if (truncated) socket.end();
    });
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", end);
    socket.on("close", end);
  });
}
