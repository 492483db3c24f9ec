/** Room `contract`: requests that the service sends: webhooks, and callbacks of its operations. */
import type { Readable } from "node:stream";
import type { AnySent } from "./sent.js";
import type { RouterOptions } from "./options.js";
import type { ByteSource, WireResponse } from "./wire-response.js";

/** Options of `createWebhooks`. */
export type WebhookOptions<Security> = RouterOptions<Security> & {
  /** Path of each receiver, `{ newPet: "/hooks/new-pet" }`; `/` and its name when not given. */
  readonly paths?: Readonly<Record<string, string>>;
};

/** A body as the sender has it: bytes that a receiver reads as a stream may be given at once. */
type Payload<Body> = Body extends Readable
  ? ByteSource
  : Body extends { contentType: infer Type; value: Readable }
    ? { contentType: Type; value: ByteSource }
    : Body;

type BodyOf<Request> = Request extends { body: infer Body }
  ? { body: Payload<Body> }
  : Request extends { body?: infer Body }
    ? { body?: Payload<Body> }
    : unknown;

/** What is sent: the members of the receiver's request. */
export type Message<Request> = Omit<Request, "body" | "principal"> &
  BodyOf<Request>;

/** How one request is sent. */
export interface SendOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /**
   * Whether a request may go there; asked before anything is sent. A URL that came with a request of a client is that
   * client's choice: without a check it can name the services beside yours (CWE-918).
   */
  readonly allow?: (url: URL) => boolean | Promise<boolean>;
  /** Further header fields, such as a signature or a credential. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Check the message against its schema before it is sent; `false` when `NODE_ENV` is `production`, else `true`. */
  readonly validate?: boolean;
}

/** The answer of a receiver. */
export interface Sent {
  readonly response: Response;
  /** Whether the contract declares the status. */
  readonly declared: boolean;
}

/** Sends one kind of request. Redirects are not followed: they would go where `allow` was not asked about. */
export type Sender<Request> = (
  target: string | URL,
  message: Message<Request>,
  options?: SendOptions,
) => Promise<Sent>;

/** How a parameter is put into a request. */
export interface SentParameter {
  readonly name: string;
  readonly in: string;
  readonly style: string;
  readonly explode: boolean;
}

/** What generated code says of a request that is sent. */
export interface Outgoing {
  readonly operation: AnySent;
  readonly params?: readonly SentParameter[];
  /** The body says which media type it is of: `{ contentType, value }`. */
  readonly tagged?: true;
  payload?(message: { body: unknown }, type?: string): WireResponse;
}

/** One request to this service and, if there is one, its answer, as runtime expressions speak of them. A handler's input is one. */
export interface Exchange {
  readonly params?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly cookies?: object;
  readonly body?: unknown;
  readonly ctx?: { readonly method: string; readonly url: string };
  readonly response?: {
    readonly status: number;
    readonly headers?: object;
    readonly body?: unknown;
  };
}
