/** Room `read`: multipart bodies into the members that the contract declares (RFC 7578), loaded with the first of them. */
import type { Readable } from "node:stream";
import type { MultipartCodec, PartField } from "../contract/body-codec.js";
import type { Issues } from "../contract/issues.js";
import type { UploadedFile } from "../contract/upload.js";
import { problem } from "../errors/problem.js";
import { collect, tooLarge } from "./body.js";
import { coerce } from "./coerce.js";
import { decodeTexts, placeOf, readForm } from "./form.js";
import { decodeUtf8, type JsonRules } from "./json-body.js";
import { declareType, matchDeclared, type MediaType } from "./media-type.js";
import {
  openParts,
  type Part,
  type PartLimits,
  type Parts,
} from "./multipart-parts.js";
import { setOwn } from "./own-data.js";
import { factsOf, type PartFacts } from "./part-facts.js";
import { streamOf, streamsOf } from "./upload-stream.js";

export interface MultipartRules {
  readonly json: JsonRules;
  readonly limits: MultipartLimits;
}

/** Bounds on one multipart body; those in bytes hold for what is kept in memory. */
export interface MultipartLimits extends PartLimits {
  readonly files: number;
  /** Bytes of one part that is no file. */
  readonly field: number;
  /** Bytes of all parts together. */
  readonly body: number;
}

export interface MultipartBody {
  readonly value: unknown;
  /** A file is still on its way: call when nobody reads it any more. */
  readonly close?: () => void;
}

/** RFC 2046 5.1.1. */
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;

/** 400 for what is not well-formed, 413 at the first limit; what the contract forbids goes to `issues`. */
export async function readMultipart(
  source: Readable,
  type: MediaType,
  codec: MultipartCodec,
  rules: MultipartRules,
  issues: Issues,
): Promise<MultipartBody> {
  const boundary = type.parameters.get("boundary") ?? "";
  if (!BOUNDARY.test(boundary)) {
    throw problem.badRequest({
      detail: "the multipart body has no valid boundary",
    });
  }
  const parts = openParts(source, boundary, rules.limits);
  const reading: Reading = { parts, codec, rules, issues, size: 0, files: 0 };
  try {
    return codec.items === undefined && codec.prefix === undefined
      ? await readNames(reading)
      : { value: await readPositions(reading) };
  } catch (error) {
    parts.close();
    throw error;
  }
}

interface Reading {
  readonly parts: Parts;
  readonly codec: MultipartCodec;
  readonly rules: MultipartRules;
  readonly issues: Issues;
  size: number;
  files: number;
}

async function readNames(reading: Reading): Promise<MultipartBody> {
  const { parts, codec, rules, issues } = reading;
  const texts = new Map<string, string[]>();
  const files = new Map<string, UploadedFile[]>();
  const out: Record<string, unknown> = {};
  const taken = new Set<string>();
  let close: MultipartBody["close"];
  for (;;) {
    const part = await parts.next();
    if (part === undefined) break;
    const facts = factsOf(part);
    const name = facts.field;
    if (name === undefined) {
      throw problem.badRequest({
        detail: "a part of the request body has no name",
      });
    }
    const field = Object.hasOwn(codec.fields, name)
      ? codec.fields[name]
      : undefined;
    verify(reading, name, field, facts);
    if (field?.file === "stream") {
      const all = { parts, part, facts, field };
      setOwn<unknown>(
        out,
        name,
        field.list === true ? streamsOf(all) : streamOf(all),
      );
      taken.add(name);
      close = () => parts.close();
      break;
    }
    const isFile = field === undefined ? facts.isFile : field.file === "bytes";
    const bytes = await take(reading, part, isFile);
    if (!isFile) push(texts, name, decodeUtf8(bytes));
    // What browsers send for a file input that was left empty.
    else if (bytes.length > 0 || facts.name !== "" || !facts.isFile) {
      push(files, name, fileOf(bytes, facts));
      verifySize(issues, placeOf(name), field, bytes.length);
    }
  }
  for (const [name, list] of files) {
    const field = codec.fields[name];
    const isList = field === undefined ? list.length > 1 : field.list === true;
    if (!isList && list.length > 1) issues.add(placeOf(name), "repeated");
    setOwn<unknown>(out, name, isList ? list : list[0]);
    taken.add(name);
  }
  const form = { values: texts, decode: (text: string) => text };
  readForm(form, codec, rules.json, issues, out, taken);
  return { value: out, ...(close === undefined ? {} : { close }) };
}

async function readPositions(reading: Reading): Promise<unknown[]> {
  const { parts, codec, rules, issues } = reading;
  const list: unknown[] = [];
  for (;;) {
    const part = await parts.next();
    if (part === undefined) return list;
    const at = `body/${list.length}`;
    const field = codec.prefix?.[list.length] ?? codec.items;
    const facts = factsOf(part);
    verifyType(issues, at, field, facts);
    const isFile = field === undefined || field.file !== undefined;
    const bytes = await take(reading, part, isFile);
    if (field === undefined || isFile) {
      list.push(fileOf(bytes, facts));
      verifySize(issues, at, field, bytes.length);
    } else {
      const texts = [decodeUtf8(bytes)];
      list.push(decodeTexts(texts, field, at, rules.json, issues));
    }
  }
}

/** The bytes of one part, within what is left for all. */
async function take(
  reading: Reading,
  part: Part,
  isFile: boolean,
): Promise<Buffer> {
  const { parts, rules } = reading;
  const { limits } = rules;
  if (isFile && ++reading.files > limits.files) {
    throw problem.contentTooLarge({
      detail: `the request body has more than ${limits.files} files`,
    });
  }
  const left = limits.body - reading.size;
  const most = isFile ? left : Math.min(left, limits.field);
  let bytes: Buffer;
  try {
    bytes = await collect(part.body, most);
  } catch (error) {
    throw parts.failure ?? (most === left ? tooLarge(limits.body) : error);
  }
  reading.size += bytes.length;
  return bytes;
}

function verify(
  { codec, issues }: Reading,
  name: string,
  field: PartField | undefined,
  facts: PartFacts,
): void {
  const at = placeOf(name);
  verifyType(issues, at, field, facts);
  const declared = codec.headers?.[name];
  if (declared === undefined) return;
  declared.check(coerce(facts.headers, declared.shape), at, issues);
}

/** What a part claims to be must be what is declared; a field of text need not claim anything. */
function verifyType(
  issues: Issues,
  at: string,
  field: PartField | undefined,
  { mediaType, type }: PartFacts,
): void {
  const charset = mediaType?.parameters.get("charset");
  if (field?.file === undefined && charset !== undefined) {
    if (charset !== "utf-8") issues.add(at, "content", "UTF-8");
  }
  const types = field?.types;
  if (types === undefined) return;
  if (field?.file === undefined && mediaType === undefined) return;
  const given = mediaType ?? { essence: type, parameters: new Map() };
  if (matchDeclared(given, types.map(declareType)) === undefined) {
    issues.add(at, "content", types.join(" or "));
  }
}

function verifySize(
  issues: Issues,
  at: string,
  field: PartField | undefined,
  size: number,
): void {
  const { min, max } = field ?? {};
  if (min !== undefined && size < min) issues.add(at, "minLength", min);
  if (max !== undefined && size > max) issues.add(at, "maxLength", max);
}

function fileOf(
  bytes: Buffer,
  { name, type, headers }: PartFacts,
): UploadedFile {
  return Object.assign(bytes, { name, type, headers });
}

function push<Value>(
  lists: Map<string, Value[]>,
  name: string,
  value: Value,
): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [value]);
  else known.push(value);
}
