/** Room `client`: functions for the operations of a document. */
import type {
  CallDescription,
  CallTable,
  ClientOptions,
  CredentialPlace,
} from "./description.js";
import { encodeBody } from "./encode-body.js";
import { encodeHeader, encodePairs, encodePath } from "./encode-text.js";
import { readBody } from "./read-answer.js";

interface Input {
  readonly params?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly cookies?: object;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** A request while it is put together. */
interface Draft {
  readonly pairs: string[];
  readonly headers: Headers;
  readonly cookies: string[];
}

/** `Client` is the generated type of `table`. */
export function connect<Client, Credentials>(
  table: CallTable,
  places: Readonly<Record<string, CredentialPlace>>,
  options: ClientOptions<Credentials> = {},
): Client {
  const client: Record<string, Record<string, unknown>> = {};
  for (const [group, calls] of Object.entries(table)) {
    const functions: Record<string, unknown> = {};
    for (const [name, call] of Object.entries(calls)) {
      functions[name] = (input: Input = {}) =>
        send(call, places, options, input);
    }
    client[group] = functions;
  }
  // The table was emitted together with the type.
  return client as Client;
}

async function send(
  call: CallDescription,
  places: Readonly<Record<string, CredentialPlace>>,
  options: ClientOptions<unknown>,
  input: Input,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const draft: Draft = {
    pairs: queryOf(call, input),
    headers: new Headers(options.headers),
    cookies: [],
  };
  if (input.accept !== undefined) draft.headers.set("Accept", input.accept);
  for (const [name, value] of given(input.headers)) {
    draft.headers.set(
      name,
      encodeHeader(value, call.styles?.[`header/${name}`]),
    );
  }
  for (const [name, value] of given(input.cookies)) {
    draft.cookies.push(
      ...encodePairs(name, value, call.styles?.[`cookie/${name}`]),
    );
  }
  await addCredentials(call, places, options, draft);
  if (draft.cookies.length > 0)
    draft.headers.set("Cookie", draft.cookies.join("; "));
  const { body, type, isStream } = encodeBody(
    input.body,
    input.contentType ?? call.body ?? "application/json",
  );
  if (type !== undefined) draft.headers.set("Content-Type", type);
  const query = draft.pairs.length > 0 ? `?${draft.pairs.join("&")}` : "";
  const url = `${baseOf(options.baseUrl)}${pathOf(call, input)}${query}`;
  const request = new Request(url, {
    method: call.method,
    headers: draft.headers,
    ...(body === undefined ? {} : { body }),
    // What `fetch` demands for bodies that are streams.
    ...(isStream ? { duplex: "half" } : {}),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  });
  const response = await (options.fetch ?? fetch)(request);
  return {
    status: response.status,
    body: await readBody(response),
    headers: response.headers,
  };
}

function baseOf(baseUrl: string | undefined): string {
  const own: unknown = Reflect.get(globalThis, "location");
  const origin =
    typeof own === "object" && own !== null && "origin" in own
      ? String(own.origin)
      : undefined;
  const base = baseUrl ?? origin;
  if (base === undefined) throw new TypeError("the client has no `baseUrl`");
  return base.replace(/\/+$/, "");
}

function pathOf({ path, styles }: CallDescription, { params }: Input): string {
  const values = new Map(given(params));
  return path.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new TypeError(`the path has no \`${name}\``);
    return encodePath(name, value, styles?.[`path/${name}`]);
  });
}

function queryOf({ styles }: CallDescription, { query }: Input): string[] {
  return given(query).flatMap(([name, value]) =>
    encodePairs(name, value, styles?.[`query/${name}`]),
  );
}

function given(values: object | undefined): [string, unknown][] {
  return Object.entries(values ?? {}).filter(
    ([, value]) => value !== undefined,
  );
}

async function addCredentials(
  { security = [] }: CallDescription,
  places: Readonly<Record<string, CredentialPlace>>,
  options: ClientOptions<unknown>,
  draft: Draft,
): Promise<void> {
  const known = new Map(given(options.credentials));
  for (const scheme of security) {
    const source = known.get(scheme);
    const place = places[scheme];
    if (source === undefined || place === undefined) continue;
    const credential: unknown =
      typeof source === "function" ? await source() : source;
    if (credential !== undefined) addCredential(place, credential, draft);
  }
}

function addCredential(
  place: CredentialPlace,
  credential: unknown,
  { pairs, headers, cookies }: Draft,
): void {
  const text = String(credential);
  switch (place.kind) {
    case "header":
      headers.set(place.name, text);
      return;
    case "query":
      pairs.push(...encodePairs(place.name, text));
      return;
    case "cookie":
      cookies.push(...encodePairs(place.name, text));
      return;
    case "bearer":
      headers.set("Authorization", `Bearer ${text}`);
      return;
    case "basic":
      headers.set("Authorization", `Basic ${basic(credential)}`);
      return;
    default:
      headers.set("Authorization", text);
  }
}

function basic(credential: unknown): string {
  const { username = "", password = "" } = Object(credential);
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return btoa(String.fromCharCode(...bytes));
}
