/** Room `streaming`: one server-sent event, where a stream's items are what its `data` holds. */

const EVENT: unique symbol = Symbol("server-sent event");

/** What stands beside the data of an event (HTML, section 9.2.6). */
export interface EventFields {
  /** What the client sends back as `Last-Event-ID` when it comes again. */
  readonly id?: string;
  /** The event's type; `message` to a browser when there is none. */
  readonly event?: string;
  /** Milliseconds after which a client whose connection broke comes again. */
  readonly retry?: number;
}

export interface ServerEvent<Data> extends EventFields {
  readonly data: Data;
  readonly [EVENT]: true;
}

/** An item with an id, a type or a delay: `yield serverEvent(book, { id: book.id })`. */
export function serverEvent<Data>(
  data: Data,
  fields: EventFields = {},
): ServerEvent<Data> {
  return { data, ...fields, [EVENT]: true };
}

export function isServerEvent(item: unknown): item is ServerEvent<unknown> {
  return typeof item === "object" && item !== null && EVENT in item;
}
