/** Hostile requests, as bytes for a raw connection, made from what a document declares. */
import type { Api, Operation } from "../../generator/src/model/api.js";
import type { Json } from "../../generator/src/load/document.js";
import {
  createSampler,
  type Sampler,
} from "../../generator/src/sample/sample.js";
import { writeParam } from "../../generator/src/probe/write-param.js";
import type { Random } from "../random.js";
import {
  BROKEN,
  HEADERS,
  METHODS,
  NAMES,
  ODD_VALUES,
  TARGETS,
  TEXTS,
  TYPES,
} from "./hostile-values.js";

export interface HostileRequest {
  /** What was done to it, for the report. */
  what: string;
  bytes: Buffer;
  /** The client sends no more after these bytes, although it has promised more. */
  truncated: boolean;
  /** Whose answers are to be expected; absent where method or target are odd. */
  operation?: Operation;
}

/** Credentials by security scheme, where some are better than others: a value to send, chosen anew for each request. */
export type Credentials = Readonly<Record<string, readonly string[]>>;

interface Target {
  operation: Operation;
  sampler: Sampler;
  /** Bodies, of which a few are made: an attack changes them anyway. */
  bodies: Map<Operation, (Json | undefined)[]>;
}

const BODIES = 12;

interface Draft {
  method: string;
  target: string;
  headers: [string, string][];
  body: Buffer;
  truncated: boolean;
  version: string;
}

type Attack = (draft: Draft, target: Target, random: Random) => void;

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
    draft.headers = draft.headers.filter(
      ([name]) => !/^(?:authorization|cookie|x-api-key)$/i.test(name),
    );
  },
};

/** An endless supply, the same for the same seed. */
export function* hostileRequests(
  api: Api,
  random: Random,
  credentials: Credentials = {},
): Generator<HostileRequest> {
  const sampler = createSampler(api.models);
  const bodies: Target["bodies"] = new Map();
  const operations = api.groups
    .flatMap((group) => group.operations)
    .filter((each) => each.routed);
  const names = Object.keys(ATTACKS);
  for (;;) {
    const target = { operation: random.pick(operations), sampler, bodies };
    const draft = validDraft(target, api, random, credentials);
    const chosen = Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, () =>
      random.pick(names),
    );
    for (const name of chosen) ATTACKS[name]?.(draft, target, random);
    const what = `${target.operation.id}: ${chosen.join(" + ") || "valid"}`;
    const isElsewhere = chosen.some((name) => /method|target|path/.test(name));
    yield {
      what,
      bytes: print(draft, random),
      truncated: isCutOff(draft),
      ...(!isElsewhere && { operation: target.operation }),
    };
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
  { operation, sampler, bodies }: Target,
  { security }: Api,
  random: Random,
  credentials: Credentials,
): Draft {
  const draft: Draft = {
    method: operation.method,
    target: targetOf(operation, sampler, undefined),
    headers: [],
    body: Buffer.alloc(0),
    truncated: false,
    version: "HTTP/1.1",
  };
  const [alternative = { schemes: [] }] =
    operation.security.length > 0 ? [random.pick(operation.security)] : [];
  for (const { name } of alternative.schemes) {
    const scheme = security.find((each) => each.name === name);
    const value = random.pick(credentials[name] ?? ["key"]);
    if (scheme?.kind === "apiKey") {
      const { in: place, parameter } = scheme;
      if (place === "header") draft.headers.push([parameter, value]);
      if (place === "query") addQuery(draft, `${parameter}=${value}`);
      if (place === "cookie") {
        draft.headers.push(["Cookie", `${parameter}=${value}`]);
      }
    } else if (scheme?.kind === "http" && /^basic$/i.test(scheme.scheme)) {
      draft.headers.push(["Authorization", "Basic YTpi"]);
    } else if (scheme) draft.headers.push(["Authorization", `Bearer ${value}`]);
  }
  for (const { name, in: place, required, schema } of operation.params) {
    if (place === "path" || (!required && random.chance(0.5))) continue;
    const text = encodeURIComponent(plain(sampler.sample(schema, "request")));
    if (place === "query")
      addQuery(draft, `${encodeURIComponent(name)}=${text}`);
    if (place === "header") draft.headers.push([name, header(text)]);
  }
  const media = operation.body?.media[0];
  if (media) {
    const made = bodies.get(operation) ?? [];
    bodies.set(operation, made);
    if (made.length < BODIES) {
      made.push(sampler.vary(media.schema, "request", random.next));
    }
    const value = random.pick(made);
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

/** With values that are valid, or other ones. */
function targetOf(
  { segments, params }: Operation,
  sampler: Sampler,
  value: (() => string) | undefined,
): string {
  const valid = (name: string): string => {
    const param = params.find(
      (each) => each.in === "path" && each.name === name,
    );
    const sample = param && sampler.sample(param.schema, "request");
    const text =
      param && sample !== undefined ? writeParam(param, sample) : undefined;
    return text ?? "1";
  };
  const texts = segments.map(({ parts }) =>
    parts
      .map((part) =>
        typeof part === "string"
          ? encodeURIComponent(part)
          : (value?.() ?? valid(part.variable)),
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
  const replace = (each: Json, depth: number): Json => {
    if (random.chance(depth === 0 ? 0.1 : 0.2)) return random.pick(ODD_VALUES);
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
      members.push([random.pick(NAMES), random.pick(ODD_VALUES)]);
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
