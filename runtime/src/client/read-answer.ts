/** Room `client`: the body of an answer by its media type. */

/** JSON is parsed, text is a string, lines of JSON and events are items that come one by one, anything else is bytes. */
export async function readBody(response: Response): Promise<unknown> {
  const field = response.headers.get("content-type");
  if (response.body === null || field === null) {
    // Nothing is left to be read, so that the connection can be used again.
    await response.body?.cancel();
    return undefined;
  }
  const [essence = ""] = field.split(";");
  const kind = essence.trim().toLowerCase();
  if (/[/+]json$/.test(kind)) {
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  }
  if (kind === "text/event-stream") return eventsOf(linesOf(response.body));
  if (/(?:jsonl|ndjson|json-lines|json-seq)$/.test(kind)) {
    return itemsOf(linesOf(response.body));
  }
  if (
    kind.startsWith("text/") ||
    kind.endsWith("+xml") ||
    kind.endsWith("/xml")
  ) {
    return response.text();
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function* linesOf(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      rest += value;
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  } finally {
    await reader.cancel();
  }
}

async function* itemsOf(lines: AsyncIterable<string>): AsyncGenerator<unknown> {
  for await (const line of lines) {
    // RFC 7464: a record begins with this character.
    const text = line.replace("\u001e", "").trim();
    if (text !== "") yield JSON.parse(text);
  }
}

/** One event of a stream (WHATWG HTML 9.2). */
export interface ServerEvent {
  event?: string;
  data: string;
  id?: string;
  retry?: number;
}

async function* eventsOf(
  lines: AsyncIterable<string>,
): AsyncGenerator<ServerEvent> {
  let event: ServerEvent | undefined;
  for await (const line of lines) {
    if (line === "") {
      if (event !== undefined) yield event;
      event = undefined;
      continue;
    }
    if (line.startsWith(":")) continue;
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    const before: ServerEvent = event ?? { data: "" };
    if (name === "data") {
      const data =
        event === undefined || before.data === ""
          ? value
          : `${before.data}\n${value}`;
      event = { ...before, data };
    } else if (name === "event") event = { ...before, event: value };
    else if (name === "id") event = { ...before, id: value };
    else if (name === "retry") event = { ...before, retry: Number(value) };
  }
}
