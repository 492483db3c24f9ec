/** A running bookstore and a client of it that holds every answer against the document. */
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import type { SecurityEvent } from "@kontract/runtime";
import {
  type BookstoreSettings,
  createBookstore,
} from "../../example-app/src/bookstore.js";
import { useDatabase } from "../../example-app/src/database.js";
import type { Database } from "../../example-app/src/storage/database.js";
import {
  loadContract,
  type DeclaredOperation,
} from "../example-spec/contract.js";
import { createIssuer } from "./issuer.js";

const STAFF_KEY = "test-staff-key";

export interface Ask {
  params?: Record<string, string | number>;
  /** Without `?`. */
  query?: string;
  headers?: Record<string, string>;
  /** Sent as JSON; texts and bytes are sent as they are. */
  body?: unknown;
  /** Media type of the body; the first declared one if absent. */
  type?: string;
  staff?: boolean;
  /** A customer's token. */
  token?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Shop {
  url: string;
  operations: ReadonlyMap<string, DeclaredOperation>;
  /** Sends a request of this operation; fails when the answer is not as declared. */
  send(operationId: string, ask?: Ask): Promise<Answer>;
  /** Operation and declared status (`getBook 200`) of each answer so far. */
  seen: Set<string>;
  /** Opens an account and a session. */
  signUp(): Promise<string>;
  /** A token of a partner with these scopes; `claims` replaces what a good one says. */
  partnerToken(scope: string, claims?: object): Promise<string>;
  /** What the service has said to its log of security events. */
  events: SecurityEvent[];
  close(): Promise<void>;
}

export async function openShop(
  database: Database,
  settings: Partial<BookstoreSettings> = {},
): Promise<Shop> {
  const { operations } = loadContract();
  useDatabase(database);
  const events: SecurityEvent[] = [];
  const issuer = await createIssuer();
  const server = createBookstore({
    staffKey: STAFF_KEY,
    partners: issuer.options,
    onSecurityEvent: (event) => events.push(event),
    ...settings,
  }).listen(0);
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const seen = new Set<string>();
  let customers = 0;

  async function send(operationId: string, ask: Ask = {}): Promise<Answer> {
    const operation = operations.get(operationId);
    if (operation === undefined) throw new Error(`no operation ${operationId}`);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(ask.params?.[name] ?? ""),
    );
    const query = ask.query === undefined ? "" : `?${ask.query}`;
    const response = await fetch(url + path + query, {
      method: operation.method,
      headers: headersOf(operation, ask),
      ...(ask.body === undefined
        ? {}
        : {
            body:
              typeof ask.body === "string" || ask.body instanceof Uint8Array
                ? ask.body
                : JSON.stringify(ask.body),
          }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type")?.split(";")[0] ?? "";
    const body = bodyOf(type, text);
    const { status, headers } = response;
    const what = `${operation.method} ${path}${query}: ${status} ${text}`;
    seen.add(
      `${operationId} ${judge(operation, { status, headers, body }, type, what)}`,
    );
    return { status, headers, body };
  }

  return {
    url,
    operations,
    seen,
    send,
    events,
    partnerToken: issuer.token,
    async signUp() {
      customers += 1;
      const email = `reader-${customers}-${database.driver}@example.com`;
      const password = "correct horse battery";
      await send("registerCustomer", {
        body: { email, password, name: `Reader ${customers}` },
      });
      const session = await send("createSession", {
        body: { email, password },
      });
      return String(Object(session.body).token);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NDJSON = "application/x-ndjson";

function bodyOf(type: string, text: string): unknown {
  if (type === NDJSON) {
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }
  return /[/+]json$/.test(type) && text !== "" ? JSON.parse(text) : text;
}

function headersOf(
  operation: DeclaredOperation,
  ask: Ask,
): Record<string, string> {
  const content = Object(Object(operation.node["requestBody"]).content);
  const type = ask.type ?? Object.keys(content)[0];
  return {
    ...(ask.body !== undefined && type ? { "content-type": type } : {}),
    ...(ask.staff === true ? { "x-api-key": STAFF_KEY } : {}),
    ...(ask.token === undefined
      ? {}
      : { authorization: `Bearer ${ask.token}` }),
    ...ask.headers,
  };
}

/** The declared status that the answer comes under, once it is as declared. */
function judge(
  operation: DeclaredOperation,
  { status, headers, body }: Answer,
  type: string,
  what: string,
): string {
  const key = [String(status), `${String(status)[0]}XX`, "default"].find(
    (each) => operation.answers.has(each),
  );
  const declared = operation.answers.get(key ?? "");
  if (key === undefined || declared === undefined) {
    throw new Error(`a status that is not declared: ${what}`);
  }
  for (const name of declared.requiredHeaders) {
    expect(headers.get(name), `${name} of ${what}`).not.toBeNull();
  }
  if (declared.content.size === 0) {
    expect(body, what).toBe("");
    return key;
  }
  const validate = declared.content.get(type);
  expect(validate, `media type ${type} of ${what}`).toBeDefined();
  for (const each of type === NDJSON ? Object(body) : [body]) {
    validate?.(each);
    expect(validate?.errors ?? [], what).toEqual([]);
  }
  return key;
}
