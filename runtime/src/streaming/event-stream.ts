/** Room `streaming`: answers of type `text/event-stream` (HTML, section 9.2). */
import type { WireResponse } from "../contract/wire-response.js";
import { encodedItems, type EncodedItems } from "./encoded-items.js";
import { isServerEvent } from "./server-event.js";

type Project = (item: unknown) => unknown;

/** Milliseconds between comments, when no event is due. */
const HEARTBEAT = 15_000;

/** `items` are events as the contract describes them: `data`, `event`, `id`, `retry`. */
export function eventStream(
  status: number,
  items: unknown,
  project: Project,
  headers?: object,
  type = "text/event-stream",
): WireResponse {
  return wire(status, type, headers, items, (item) => eventText(project(item)));
}

/** `items` are what the events' data holds, as JSON; `serverEvent` gives one an id or a type. */
export function dataStream(
  status: number,
  items: unknown,
  project: Project,
  headers?: object,
  type = "text/event-stream",
): WireResponse {
  return wire(status, type, headers, items, (item) =>
    isServerEvent(item)
      ? eventText({ ...item, data: jsonOf(project(item.data)) })
      : eventText({ data: jsonOf(project(item)) }),
  );
}

function wire(
  status: number,
  type: string,
  headers: object | undefined,
  items: unknown,
  encode: (item: unknown) => string,
): WireResponse {
  const beat = { every: HEARTBEAT, text: ":\n\n" };
  const body: EncodedItems = encodedItems(items, encode, beat);
  // An answer that never ends is no use to a cache, or to a proxy that waits for its end.
  const own = { "cache-control": "no-store", "x-accel-buffering": "no" };
  return { status, type, body, headers: { ...own, ...headers } };
}

function jsonOf(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError("an item is no JSON value");
  return text;
}

function eventText(event: unknown): string {
  if (typeof event !== "object" || event === null) {
    throw new TypeError("an item of an event stream is no event");
  }
  const fields = new Map<string, unknown>(Object.entries(event));
  let text = "";
  const comment = fields.get("comment");
  if (comment !== undefined && comment !== null) {
    text += lines("", String(comment));
  }
  text += field("event", fields.get("event"));
  text += field("id", fields.get("id"));
  const retry = fields.get("retry");
  if (retry !== undefined && retry !== null) {
    if (typeof retry !== "number" || !Number.isInteger(retry) || retry < 0) {
      throw new TypeError("`retry` of an event is no number of milliseconds");
    }
    text += `retry: ${retry}\n`;
  }
  const data = fields.get("data");
  if (data !== undefined) {
    text += lines("data", typeof data === "string" ? data : jsonOf(data));
  }
  return `${text}\n`;
}

/** A line break in one of these would begin a field of its own. */
function field(name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  const text = String(value);
  if (/[\r\n\0]/.test(text)) {
    throw new TypeError(`\`${name}\` of an event has a line break or NUL`);
  }
  return `${name}: ${text}\n`;
}

function lines(name: string, text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `${name}: ${line}\n`)
    .join("");
}
