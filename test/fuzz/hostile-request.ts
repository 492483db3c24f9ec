/** Hostile requests, as bytes for a raw connection, made from what a document declares. */
import type { Api, Operation } from "../../generator/src/model/api.js";
import type { Json } from "../../generator/src/load/document.js";
import {
  createSampler,
  type Sampler,
} from "../../generator/src/sample/sample.js";
import type { Random } from "../random.js";

export interface HostileRequest {
  /** What was done to it, for the report. */
  what: string;
  bytes: Buffer;
  /** The client sends no more after these bytes, although it has promised more. */
  truncated: boolean;
}

interface Target {
  operation: Operation;
  sampler: Sampler;
}

interface Draft {
  method: string;
  target: string;
  headers: [string, string][];
  body: Buffer;
  truncated: boolean;
  version: string;
}

type Attack = (draft: Draft, target: Target, random: Random) => void;

const TEXTS = [
  "",
  " ",
  "0",
  "-0",
  "-1",
  "1e999",
  "NaN",
  "null",
  "true",
  "[]",
  "{}",
  "undefined",
  "9007199254740993",
  "99999999999999999999999999",
  "0x10",
  "1.5",
  "١",
  "é",
  "漢字",
  "👍",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "../../etc/passwd",
  "..%2f..%2f",
  "%00",
  "%",
  "%zz",
  "%c0%ae",
  "%ff%fe",
  "%ed%a0%80",
  "+",
  "a,b",
  ";a=b",
  "a b",
  "'\"<script>",
  "${7*7}",
  "$where",
  "2024-02-30T25:61:00Z",
  "a".repeat(3000),
  "%41".repeat(500),
];
const NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "then",
  "hasOwnProperty",
  "length",
  "",
  "a/b~c",
];
const TYPES = [
  "",
  "application/json",
  "application/json; charset=utf-16",
  'application/json; charset="',
  "text/html",
  "a",
  "/",
  "a/",
  "*/*",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "text/plain",
  "application/xml",
  "APPLICATION/JSON;;;",
  "application/problem+json",
  "x".repeat(2000),
  "application/x-ndjson",
  "application/merge-patch+json",
  "application/json-patch+json",
];
const BROKEN = [
  "",
  "{",
  "[",
  '"',
  "nul",
  '{"a":}',
  "[1,]",
  '{"a":1,"a":2}',
  "\ufeff{}",
  "{}{}",
  "NaN",
  "'a'",
  "{a:1}",
  "[".repeat(5000),
  '{"a":'.repeat(2000),
  '"\\ud800"',
  "1e400",
  "-",
  '"\\u0000"',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  "[" + "0,".repeat(60000) + "0]",
  "\u2028",
  "\0",
  "--x\r\n\r\n",
  '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n',
  "a=1&a=2&__proto__=3&%zz=%",
];
const METHODS = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "QUERY",
  "CONNECT",
  "get",
  "FOO",
  "PROPFIND",
  "G\u0000T",
];
const TARGETS = [
  "/",
  "//",
  "/.",
  "/..",
  "/%2e%2e/",
  "*",
  "http://example.com/",
  "http://[::1",
  "/\\",
  "/?",
  "/??",
  "/#a",
  "/%",
  "/%ff",
  "/a//b",
  `/${"a/".repeat(3000)}`,
  `/${"a".repeat(20000)}`,
  "/__proto__",
  "/constructor",
  "",
  "example.com:80",
  "/\u00e9",
  "/;a=b",
  "/%00",
];
const HEADERS: [string, string][] = [
  ["Accept", "*"],
  ["Accept", "a/b;q=nan"],
  ["Accept", "text/html;q=0, */*;q=0"],
  ["Accept", "x".repeat(3000)],
  ["Authorization", "Basic %%%"],
  ["Authorization", "Basic"],
  ["Authorization", "Bearer"],
  ["Authorization", "Bearer a.b.c"],
  ["Authorization", `Basic ${Buffer.from("a").toString("base64")}`],
  ["Authorization", "\u00ff"],
  ["Cookie", "a"],
  ["Cookie", "=;;=;a=%zz"],
  ["Cookie", "__proto__=1; constructor=2"],
  ["Origin", "null"],
  ["Origin", "http://evil.example"],
  ["Range", "bytes=0-"],
  ["Range", "bytes=9-1,--"],
  ["If-Match", 'W/"a'],
  ["If-None-Match", "*"],
  ["If-None-Match", '"a",'.repeat(500)],
  ["If-Modified-Since", "yesterday"],
  ["If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"],
  ["Prefer", "code=999"],
  ["Prefer", "code=404, example=__proto__"],
  ["Prefer", '=;,"'],
  ["Expect", "100-continue"],
  ["Expect", "200-ok"],
  ["Content-Encoding", "gzip"],
  ["Content-Encoding", "br, gzip, deflate"],
  ["Content-Encoding", "bogus"],
  ["Idempotency-Key", '"a'],
  ["Idempotency-Key", "k".repeat(5000)],
  ["X-Forwarded-For", "a, b"],
  ["Forwarded", 'for="[::"'],
  ["Access-Control-Request-Method", "FOO"],
  ["X-HTTP-Method-Override", "DELETE"],
  ["Upgrade", "h2c"],
  ["Host", "b"],
  ["TE", "trailers"],
  ["Last-Event-ID", "\u00ff"],
  ["traceparent", "00-0-0-0"],
  ["X-Request-Id", "${jndi}"],
  ["__proto__", "1"],
  ["Accept-Encoding", "gzip;q=2"],
  ["Accept-Language", "*;q="],
  ["Transfer-Encoding", "identity"],
  ["Content-Length", "5"],
];

const ATTACKS: Record<string, Attack> = {
  "odd path value": (draft, { operation, sampler }, random) => {
    draft.target = targetOf(operation, sampler, () => random.pick(TEXTS));
  },
  "odd query value": (draft, { operation }, random) => {
    const names = operation.params
      .filter((each) => each.in === "query")
      .map((each) => each.name);
    const name =
      names.length > 0 && random.chance(0.8)
        ? random.pick(names)
        : random.pick(NAMES);
    for (let count = random.pick([1, 1, 2, 40]); count > 0; count--) {
      const key = random.chance(0.3)
        ? `${name}[${random.pick(NAMES)}][a]`
        : name;
      addQuery(draft, `${key}=${random.pick(TEXTS)}`);
    }
  },
  "odd header": (draft, _target, random) => {
    for (let count = random.pick([1, 1, 2, 5]); count > 0; count--)
      draft.headers.push(random.pick(HEADERS));
  },
  "odd declared header": (draft, { operation }, random) => {
    for (const { name, in: place } of operation.params) {
      if (place === "header")
        draft.headers.push([name, header(random.pick(TEXTS))]);
      if (place === "cookie")
        draft.headers.push(["Cookie", `${name}=${header(random.pick(TEXTS))}`]);
    }
  },
  "duplicate header": (draft, _target, random) => {
    const found = draft.headers[random.below(draft.headers.length)];
    if (found) draft.headers.push(random.chance(0.5) ? found : [found[0], "x"]);
  },
  "odd content type": (draft, _target, random) => {
    replaceHeader(draft, "Content-Type", random.pick(TYPES));
    if (draft.body.length === 0) draft.body = Buffer.from(random.pick(BROKEN));
  },
  "broken body": (draft, _target, random) => {
    draft.body = Buffer.from(random.pick(BROKEN));
  },
  "random bytes": (draft, _target, random) => {
    draft.body = Buffer.from(
      Array.from({ length: random.below(400) }, () => random.below(256)),
    );
  },
  "mutated body": (draft, _target, random) => {
    draft.body = Buffer.from(mutateJson(draft.body, random));
  },
  "flipped bytes": (draft, _target, random) => {
    for (
      let count = 1 + random.below(4);
      count > 0 && draft.body.length > 0;
      count--
    ) {
      draft.body[random.below(draft.body.length)] = random.below(256);
    }
  },
  "large body": (draft, _target, random) => {
    draft.body = Buffer.from(
      JSON.stringify({ a: "x".repeat(random.pick([70_000, 1_100_000])) }),
    );
  },
  "odd method": (draft, _target, random) => {
    draft.method = random.pick(METHODS);
  },
  "odd target": (draft, _target, random) => {
    draft.target = random.pick(TARGETS);
  },
  "odd version": (draft, _target, random) => {
    draft.version = random.pick([
      "HTTP/1.0",
      "HTTP/1.2",
      "HTTP/0.9",
      "HTTP/2.0",
      "http/1.1",
      "HTTP/1.1 x",
      "",
    ]);
  },
  "truncated body": (draft) => {
    draft.truncated = true;
  },
  "no credentials": (draft) => {
    draft.headers = draft.headers.filter(([name]) => name !== "Authorization");
  },
};

/** An endless supply, the same for the same seed. */
export function* hostileRequests(
  api: Api,
  random: Random,
): Generator<HostileRequest> {
  const sampler = createSampler(api.models);
  const operations = api.groups
    .flatMap((group) => group.operations)
    .filter((each) => each.routed);
  const names = Object.keys(ATTACKS);
  for (;;) {
    const target = { operation: random.pick(operations), sampler };
    const draft = validDraft(target, api, random);
    const chosen = Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, () =>
      random.pick(names),
    );
    for (const name of chosen) ATTACKS[name]?.(draft, target, random);
    const what = `${target.operation.id}: ${chosen.join(" + ") || "valid"}`;
    yield { what, bytes: print(draft, random), truncated: isCutOff(draft) };
  }
}

/** Fewer bytes come than a length that was written by hand promises. */
function isCutOff({ truncated, headers, body }: Draft): boolean {
  return (
    truncated ||
    headers.some(
      ([name, value]) =>
        name === "Content-Length" && Number(value) > body.length,
    )
  );
}

function validDraft(
  { operation, sampler }: Target,
  { security }: Api,
  random: Random,
): Draft {
  const draft: Draft = {
    method: operation.method,
    target: targetOf(operation, sampler, undefined),
    headers: [["Authorization", random.pick(["Bearer token", "Basic YTpi"])]],
    body: Buffer.alloc(0),
    truncated: false,
    version: "HTTP/1.1",
  };
  for (const scheme of security) {
    if (scheme.kind !== "apiKey") continue;
    if (scheme.in === "header") draft.headers.push([scheme.parameter, "key"]);
    if (scheme.in === "query") addQuery(draft, `${scheme.parameter}=key`);
    if (scheme.in === "cookie")
      draft.headers.push(["Cookie", `${scheme.parameter}=key`]);
  }
  for (const { name, in: place, required, schema } of operation.params) {
    if (!required && random.chance(0.5)) continue;
    const text = encodeURIComponent(plain(sampler.sample(schema, "request")));
    if (place === "query")
      addQuery(draft, `${encodeURIComponent(name)}=${text}`);
    if (place === "header") draft.headers.push([name, header(text)]);
  }
  const media = operation.body?.media[0];
  if (media) {
    const value = sampler.vary(media.schema, "request", random.next);
    draft.headers.push([
      "Content-Type",
      media.type.includes("*") ? "application/octet-stream" : media.type,
    ]);
    draft.body = Buffer.from(
      media.codec === "text" ? plain(value) : (JSON.stringify(value) ?? ""),
    );
  }
  return draft;
}

function targetOf(
  { segments }: Operation,
  sampler: Sampler,
  value: (() => string) | undefined,
): string {
  void sampler;
  const texts = segments.map(({ parts }) =>
    parts
      .map((part) =>
        typeof part === "string"
          ? encodeURIComponent(part)
          : (value?.() ?? "1"),
      )
      .join(""),
  );
  return `/${texts.join("/")}`;
}

function plain(value: Json | undefined): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function header(text: string): string {
  return text.replaceAll(/[^\x20-\xff]/g, "?").slice(0, 3000);
}

function addQuery(draft: Draft, text: string): void {
  draft.target += (draft.target.includes("?") ? "&" : "?") + text;
}

function replaceHeader(draft: Draft, name: string, value: string): void {
  draft.headers = draft.headers.filter(([known]) => known !== name);
  draft.headers.push([name, value]);
}

/** Another JSON text: some value in it has become another one, or some member another name. */
function mutateJson(body: Buffer, random: Random): string {
  let value: Json;
  try {
    value = JSON.parse(body.toString()) as Json;
  } catch {
    return random.pick(BROKEN);
  }
  const odd: Json[] = [
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    "",
    "x".repeat(5000),
    [],
    {},
    [[]],
    [null],
    { a: 1 },
    "\u0000",
    "2024-13-45",
  ];
  const replace = (each: Json, depth: number): Json => {
    if (random.chance(depth === 0 ? 0.1 : 0.2)) return random.pick(odd);
    if (Array.isArray(each))
      return each.map((item) => replace(item, depth + 1));
    if (typeof each !== "object" || each === null) return each;
    const members = Object.entries(each).flatMap(
      ([name, member]): [string, Json][] => {
        if (random.chance(0.1)) return [];
        return [
          [
            random.chance(0.1) ? random.pick(NAMES) : name,
            replace(member, depth + 1),
          ],
        ];
      },
    );
    if (random.chance(0.2))
      members.push([random.pick(NAMES), random.pick(odd)]);
    return Object.fromEntries(members);
  };
  return JSON.stringify(replace(value, 0));
}

function print(draft: Draft, random: Random): Buffer {
  const { method, target, version, headers, body, truncated } = draft;
  const lines = [
    `${method} ${target}${version === "" ? "" : ` ${version}`}`,
    "Host: localhost",
  ];
  for (const [name, value] of headers) lines.push(`${name}: ${header(value)}`);
  const isChunked = body.length > 0 && random.chance(0.1);
  const declares = headers.some(([name]) =>
    /^(?:content-length|transfer-encoding)$/i.test(name),
  );
  if (isChunked) lines.push("Transfer-Encoding: chunked");
  else if (!declares && (body.length > 0 || truncated)) {
    lines.push(`Content-Length: ${body.length + (truncated ? 10 : 0)}`);
  }
  lines.push("Connection: close", "", "");
  const head = Buffer.from(lines.join("\r\n"), "latin1");
  if (!isChunked) return Buffer.concat([head, body]);
  const size = random.chance(0.1) ? "zz" : body.length.toString(16);
  const end = truncated ? "" : "\r\n0\r\n\r\n";
  return Buffer.concat([
    head,
    Buffer.from(`${size}\r\n`),
    body,
    Buffer.from(end),
  ]);
}
