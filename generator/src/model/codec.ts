/** Room `model`: how a body of a media type is read and written. */
import type { Media } from "./api.js";

const lines: ReadonlySet<string> = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonl",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/json-lines",
  "application/json-seq",
  "application/stream+json",
]);

/** `typedOnly`: there is no codec; the body is passed on as bytes. */
export function codecOf(type: string): Pick<Media, "codec" | "typedOnly"> {
  const essence = type.split(";", 1)[0]?.trim() ?? "";
  if (lines.has(essence) || essence.endsWith("+json-seq")) {
    return { codec: "lines" };
  }
  if (/^(application|text)\/json$|^[^*]+\+json$/.test(essence)) {
    return { codec: "json" };
  }
  switch (essence) {
    case "application/x-www-form-urlencoded":
      return { codec: "form" };
    case "multipart/form-data":
      return { codec: "multipart" };
    case "text/event-stream":
      return { codec: "events" };
    case "application/octet-stream":
      return { codec: "bytes" };
  }
  if (/^text\/(?!.*(\*|xml$))/.test(essence)) return { codec: "text" };
  return { codec: "bytes", typedOnly: true };
}
