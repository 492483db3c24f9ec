/** Raw requests and their answers, taken apart. */
import { talk } from "../runtime/fixture/serve.js";

export interface Answer {
  status: number;
  /** Status line and fields. */
  head: string;
  body: string;
  /** Everything that came, a second answer included. */
  text: string;
  field(name: string): string | undefined;
  /** The body as JSON. */
  json(): Record<string, unknown>;
}

/** Line and fields, with Host and `Connection: close`; the body with its length. */
export function written(
  line: string,
  fields: readonly string[] = [],
  body?: string,
): string {
  const length =
    body === undefined
      ? []
      : [`Content-Length: ${Buffer.from(body, "latin1").length}`];
  return [
    `${line} HTTP/1.1`,
    "Host: a",
    ...fields,
    ...length,
    "Connection: close",
    "",
    body ?? "",
  ].join("\r\n");
}

/** Sends the bytes (latin1) and waits until the server has closed the connection. */
export async function exchange(
  port: number,
  bytes: string,
  patience = 10_000,
): Promise<Answer> {
  const raw = await talk(port);
  raw.send(bytes);
  await raw.closed(patience);
  return taken(raw.received());
}

export function taken(text: string): Answer {
  const at = text.indexOf("\r\n\r\n");
  const head = text.slice(0, at + 2);
  const body = text.slice(at + 4);
  return {
    status: Number(text.slice(9, 12)),
    head,
    body,
    text,
    field: (name) =>
      new RegExp(`^${name}: (.*)\r$`, "im").exec(head)?.[1] ?? undefined,
    json: () => JSON.parse(body) as Record<string, unknown>,
  };
}
