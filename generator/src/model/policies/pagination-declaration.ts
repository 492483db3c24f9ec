/** Room `model`: the ways in which documents say that a list comes in pages: our own, and those of others that say the same. */
import type { Json, JsonObject } from "../../load/document.js";
import { isObject, listMember, member, textMember } from "../member.js";
import type { Extension, PolicyPlace } from "./policy-place.js";

export type PageStyle = "cursor" | "offset" | "page";
export type PageInput = "cursor" | "limit" | "offset" | "page";
export type PageOutput =
  "items" | "nextCursor" | "total" | "totalPages" | "nextUrl";

/** What stands in the document; what it leaves out is found by the names of parameters and members. */
export interface PaginationDeclaration {
  extension: Extension;
  style?: PageStyle;
  /** Names of query parameters. */
  inputs: Partial<Record<PageInput, string>>;
  /** Members that lead to a place in the body; `[]` is the body itself. */
  outputs: Partial<Record<PageOutput, string[]>>;
  defaultLimit?: number;
  maxLimit?: number;
  count?: "none" | "exact" | "estimate";
  link?: boolean;
}

const NAMES = [
  "x-pagination",
  "x-speakeasy-pagination",
  "x-fern-pagination",
  "x-ms-pageable",
  "x-dropshot-pagination",
] as const;

/** Undefined without a declaration, where it is switched off, and where it was refused. */
export function declaredPagination(
  place: PolicyPlace,
): PaginationDeclaration | undefined {
  const extension = place.nearest(...NAMES);
  if (extension === undefined || extension.value === false) return undefined;
  const { value } = extension;
  if (value === true) return { extension, inputs: {}, outputs: {} };
  if (typeof value === "string" && isStyle(value)) {
    return { extension, style: value, inputs: {}, outputs: {} };
  }
  const fault = isObject(value) ? faultOf(value) : "it is no object";
  if (!isObject(value) || fault !== undefined) {
    const help =
      "for example `{ style: page }`, with `cursor`, `offset` or `page`";
    place.refuse(extension, fault ?? "", help);
    return undefined;
  }
  return { extension, ...dialectOf(extension.name)(value) };
}

type Dialect = (value: JsonObject) => Omit<PaginationDeclaration, "extension">;

function dialectOf(name: string): Dialect {
  if (name.endsWith("speakeasy-pagination")) return speakeasy;
  if (name.endsWith("fern-pagination")) return fern;
  if (name.endsWith("ms-pageable")) return pageable;
  return canonical;
}

function isStyle(value: Json | undefined): value is PageStyle {
  return value === "cursor" || value === "offset" || value === "page";
}

/** Values of the canonical form that nothing can be made of. */
function faultOf(value: JsonObject): string | undefined {
  const style = member(value, "style");
  if (style !== undefined && !isStyle(style)) {
    return "`style` is none of cursor, offset and page";
  }
  for (const name of ["defaultLimit", "maxLimit"]) {
    const limit = member(value, name);
    if (limit === undefined) continue;
    if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1) {
      return `\`${name}\` is no whole number from 1 on`;
    }
  }
  const count = member(value, "count");
  if (
    count !== undefined &&
    !["none", "exact", "estimate"].includes(`${count}`)
  ) {
    return "`count` is none of none, exact and estimate";
  }
  return undefined;
}

const INPUTS = ["cursor", "limit", "offset", "page"] as const;
const OUTPUTS = [
  "items",
  "nextCursor",
  "total",
  "totalPages",
  "nextUrl",
] as const;

function canonical(value: JsonObject): ReturnType<Dialect> {
  const style = member(value, "style");
  const inputs = member(value, "inputs");
  const outputs = member(value, "outputs");
  const link = member(value, "link");
  const count = member(value, "count");
  const declared: ReturnType<Dialect> = { inputs: {}, outputs: {} };
  if (isStyle(style)) declared.style = style;
  if (isObject(inputs)) {
    for (const name of INPUTS) setInput(declared, name, member(inputs, name));
  }
  if (isObject(outputs)) {
    for (const name of OUTPUTS)
      setOutput(declared, name, member(outputs, name));
  }
  for (const name of ["defaultLimit", "maxLimit"] as const) {
    const limit = member(value, name);
    if (typeof limit === "number") declared[name] = limit;
  }
  if (count === "none" || count === "exact" || count === "estimate") {
    declared.count = count;
  }
  if (typeof link === "boolean") declared.link = link;
  return declared;
}

/** `{ type: offsetLimit | cursor | url, inputs: [{ name, in, type }], outputs: { results: $.data, nextCursor, numPages, nextUrl } }`. */
function speakeasy(value: JsonObject): ReturnType<Dialect> {
  const declared: ReturnType<Dialect> = { inputs: {}, outputs: {} };
  for (const input of listMember(value, "inputs")) {
    if (!isObject(input)) continue;
    const type = textMember(input, "type");
    const kind = INPUTS.find((each) => each === type);
    if (kind !== undefined)
      declared.inputs[kind] = textMember(input, "name") ?? kind;
  }
  const type = member(value, "type");
  if (type === "cursor" || type === "url") declared.style = "cursor";
  else declared.style = declared.inputs.page === undefined ? "offset" : "page";
  const outputs = member(value, "outputs");
  if (isObject(outputs)) {
    setOutput(declared, "items", member(outputs, "results"));
    setOutput(declared, "nextCursor", member(outputs, "nextCursor"));
    setOutput(declared, "totalPages", member(outputs, "numPages"));
    setOutput(declared, "nextUrl", member(outputs, "nextUrl"));
  }
  return declared;
}

/** `{ cursor: $request.cursor, next_cursor: $response.next, results: $response.data }`, or `offset` and `step` in place of `cursor`. */
function fern(value: JsonObject): ReturnType<Dialect> {
  const declared: ReturnType<Dialect> = { inputs: {}, outputs: {} };
  const offset = textMember(value, "offset");
  if (offset === undefined) {
    declared.style = "cursor";
    setInput(declared, "cursor", member(value, "cursor"));
  } else {
    declared.style = /page/i.test(offset) ? "page" : "offset";
    setInput(declared, declared.style, offset);
    setInput(declared, "limit", member(value, "step"));
  }
  setOutput(declared, "items", member(value, "results"));
  setOutput(declared, "nextCursor", member(value, "next_cursor"));
  setOutput(
    declared,
    "nextUrl",
    member(value, "next_uri") ?? member(value, "next_path"),
  );
  return declared;
}

/** `{ nextLinkName, itemName }`; the items are in `value` where nothing else is said. */
function pageable(value: JsonObject): ReturnType<Dialect> {
  const declared: ReturnType<Dialect> = {
    inputs: {},
    outputs: { items: [textMember(value, "itemName") ?? "value"] },
  };
  const next = textMember(value, "nextLinkName");
  if (next !== undefined) declared.outputs.nextUrl = [next];
  return declared;
}

/** `$request.query.cursor`, `$request.cursor` or the bare name. */
function setInput(
  { inputs }: Pick<PaginationDeclaration, "inputs">,
  name: PageInput,
  value: Json | undefined,
): void {
  if (typeof value !== "string" || value === "") return;
  inputs[name] = value.replace(/^\$request\.(?:query\.)?/, "");
}

/** `$response.body#/data/items`, `#/data/items`, `/data/items`, `$response.data.items`, `$.data.items`, `data.items`. */
function setOutput(
  { outputs }: Pick<PaginationDeclaration, "outputs">,
  name: PageOutput,
  value: Json | undefined,
): void {
  if (typeof value !== "string") return;
  const pointer = /^(?:\$response\.body)?#?(\/.*)?$/.exec(value);
  if (pointer) {
    const [, path = ""] = pointer;
    outputs[name] = path
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    return;
  }
  const members = value.replace(/^\$(?:response)?\.?/, "");
  outputs[name] = members === "" ? [] : members.split(".");
}
