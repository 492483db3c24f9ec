/** Room `webhooks`: one request of the service's own, from a message to an answer. */
import { IssueList } from "../check/issue-list.js";
import type { Outgoing, SendOptions, Sent } from "../contract/webhooks.js";
import type { ByteSource, WireResponse } from "../contract/wire-response.js";
import { RequestReader } from "../read/request-reader.js";
import { InvalidMessageError, RefusedTargetError } from "./errors.js";
import { addCookies, addHeaders, addQuery } from "./parameters.js";

interface AnyMessage {
  readonly query?: object;
  readonly headers?: object;
  readonly cookies?: object;
  readonly body?: unknown;
}

/** How many faults a message is told of. */
const FAULTS = 20;

export async function deliver(
  outgoing: Outgoing,
  target: string | URL,
  message: AnyMessage,
  options: SendOptions,
): Promise<Sent> {
  const { operation, params = [] } = outgoing;
  const url = await admit(target, options);
  addQuery(url, params, message.query);
  const headers: Record<string, string> = {};
  addHeaders(headers, params, message.headers);
  addCookies(headers, params, message.cookies);
  const wire = serialize(outgoing, message.body);
  if (wire?.type !== undefined) headers["content-type"] = wire.type;
  if (options.validate ?? process.env["NODE_ENV"] !== "production") {
    verify(outgoing, url, headers, wire);
  }
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers[name.toLowerCase()] = value;
  }
  const send = options.fetch ?? fetch;
  const response = await send(url.href, {
    method: operation.method,
    headers,
    redirect: "manual",
    ...(wire?.body === undefined ? {} : bodyOf(wire.body)),
    ...(options.signal && { signal: options.signal }),
  });
  return { response, declared: isDeclared(outgoing, response.status) };
}

async function admit(
  target: string | URL,
  { allow }: SendOptions,
): Promise<URL> {
  const text = String(target);
  if (!URL.canParse(text)) throw new RefusedTargetError("the target is no URL");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new RefusedTargetError(`nothing is sent by ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new RefusedTargetError("the target has a user or password in it");
  }
  url.hash = "";
  if (allow !== undefined && !(await allow(new URL(url)))) {
    throw new RefusedTargetError(`${url.host} is not allowed`);
  }
  return url;
}

function serialize(
  { operation, payload, tagged }: Outgoing,
  body: unknown,
): WireResponse | undefined {
  if (payload === undefined || body === undefined) return undefined;
  if (tagged !== true) return payload({ body });
  if (!isTagged(body)) {
    throw new TypeError(`the body of ${operation.id} has no \`contentType\``);
  }
  return payload({ body: body.value }, body.contentType);
}

function isTagged(
  body: unknown,
): body is { contentType: string; value: unknown } {
  return (
    typeof body === "object" &&
    body !== null &&
    "contentType" in body &&
    typeof body.contentType === "string" &&
    "value" in body
  );
}

/** A message is judged by what its receiver will judge it by. */
function verify(
  { operation }: Outgoing,
  url: URL,
  headers: Readonly<Record<string, string>>,
  wire: WireResponse | undefined,
): void {
  const issues = new IssueList(FAULTS);
  const request = { url: url.pathname + url.search, headers };
  const raw = new RequestReader(request, [], [], issues);
  const type = wire?.type?.replace(/; charset=utf-8$/, "");
  if (wire !== undefined && type !== undefined) {
    raw.mediaType = type;
    raw.body =
      operation.body?.media[type] === "json" && typeof wire.body === "string"
        ? JSON.parse(wire.body)
        : wire.body;
  }
  if (wire === undefined && operation.body?.required === true) {
    issues.add("body", "required");
  } else operation.read(raw, issues);
  if (issues.size === 0) return;
  const faults = issues.items.map(({ at, code }) => `${at} (${code})`);
  throw new InvalidMessageError(operation.id, faults);
}

function bodyOf(body: ByteSource): RequestInit {
  if (typeof body === "string") return { body };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) };
  return { body: ReadableStream.from(asBytes(body)), duplex: "half" };
}

async function* asBytes(
  body: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const chunk of body) {
    yield typeof chunk === "string" ? encoder.encode(chunk) : chunk;
  }
}

function isDeclared({ operation }: Outgoing, status: number): boolean {
  const { answers } = operation;
  const range = `${Math.floor(status / 100)}XX`;
  return [String(status), range, "default"].some((key) =>
    Object.hasOwn(answers, key),
  );
}
