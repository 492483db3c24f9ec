/** Room `client`: request bodies in the media type that is declared. */
import { encodePairs, textOf } from "./encode-text.js";

/** What `fetch` takes, and the `Content-Type` that goes with it; a form with files brings its own. */
export interface EncodedBody {
  readonly body: Exclude<ConstructorParameters<typeof Response>[0], null>;
  readonly type: string | undefined;
  /** The body is read while it is sent. */
  readonly isStream: boolean;
}

export function encodeBody(value: unknown, type: string): EncodedBody {
  if (value === undefined) {
    return { body: undefined, type: undefined, isStream: false };
  }
  const [essence = ""] = type.split(";");
  const kind = essence.trim().toLowerCase();
  if (value instanceof ReadableStream) {
    return { body: value, type, isStream: true };
  }
  if (isAsyncIterable(value)) {
    return { body: streamOf(value, kind), type, isStream: true };
  }
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
    // A view of shared memory is no body; a copy is.
    return { body: new Uint8Array(value), type, isStream: false };
  }
  if (value instanceof Blob || value instanceof URLSearchParams) {
    return { body: value, type, isStream: false };
  }
  if (value instanceof FormData) {
    return { body: value, type: undefined, isStream: false };
  }
  if (/[/+]json$/.test(kind)) {
    return { body: JSON.stringify(value), type, isStream: false };
  }
  if (isRecord(value) && kind === "application/x-www-form-urlencoded") {
    const pairs = Object.entries(value).flatMap(([name, member]) =>
      encodePairs(name, member),
    );
    return { body: pairs.join("&"), type, isStream: false };
  }
  if (isRecord(value) && kind === "multipart/form-data") {
    return { body: formOf(value), type: undefined, isStream: false };
  }
  return { body: textOf(value), type, isStream: false };
}

function formOf(value: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, member] of Object.entries(value)) {
    const parts: readonly unknown[] = Array.isArray(member) ? member : [member];
    for (const part of parts) {
      if (part === undefined) continue;
      if (part instanceof Blob) form.append(name, part);
      else if (part instanceof Uint8Array) {
        form.append(name, new Blob([new Uint8Array(part)]));
      } else if (typeof part === "object" && part !== null) {
        const json = new Blob([JSON.stringify(part)], {
          type: "application/json",
        });
        form.append(name, json);
      } else form.append(name, String(part));
    }
  }
  return form;
}

/** Items one a line where the media type is made of lines. */
function streamOf(
  source: AsyncIterable<unknown>,
  kind: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const items = source[Symbol.asyncIterator]();
  const [before, after] = kind.endsWith("json-seq")
    ? ["\u001e", "\n"]
    : /(?:jsonl|ndjson|json-lines)$/.test(kind)
      ? ["", "\n"]
      : [undefined, ""];
  return new ReadableStream({
    async pull(controller) {
      const next = await items.next();
      if (next.done === true) controller.close();
      else if (before !== undefined) {
        const line = `${before}${JSON.stringify(next.value)}${after}`;
        controller.enqueue(encoder.encode(line));
      } else if (next.value instanceof Uint8Array)
        controller.enqueue(next.value);
      else controller.enqueue(encoder.encode(textOf(next.value)));
    },
    async cancel() {
      await items.return?.();
    },
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" && value !== null && Symbol.asyncIterator in value
  );
}
