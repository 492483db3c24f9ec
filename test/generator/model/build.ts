/** Documents of tests, through the real loader. */
import { parse } from "yaml";
import type { Diagnostic } from "../../../generator/src/lint/diagnostic.js";
import type { Document } from "../../../generator/src/load/document.js";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import type { Api, Operation } from "../../../generator/src/model/api.js";
import { buildApi } from "../../../generator/src/model/build-api.js";
import type { Model, Schema } from "../../../generator/src/model/schema.js";

/** A path, or a document as YAML text or as an object. */
export async function load(source: string | object): Promise<Document> {
  const inline = typeof source === "string" && source.includes("\n");
  const input: string | object = inline ? parse(source) : source;
  const { value, diagnostics } = await loadDocument(input, {
    cwd: process.cwd(),
  });
  if (value === undefined) {
    throw new Error(`not loaded: ${JSON.stringify(diagnostics)}`);
  }
  return value;
}

export interface BuiltApi {
  api: Api;
  diagnostics: Diagnostic[];
  operation(id: string): Operation;
  model(title: string): Model;
}

export async function build(source: string | object): Promise<BuiltApi> {
  const { value: api, diagnostics } = buildApi(await load(source));
  return {
    api,
    diagnostics,
    operation: (id) =>
      one(
        api.groups.flatMap(({ operations }) => operations),
        (each) => each.id === id,
      ),
    model: (title) =>
      one([...api.models.values()], (each) => each.title === title),
  };
}

/** A document of the version with the schemas as components. */
export function withSchemas(
  schemas: object,
  openapi: "3.0.3" | "3.1.0" | "3.2.0" = "3.1.0",
): object {
  return {
    openapi,
    info: { title: "test", version: "1" },
    paths: {},
    components: { schemas },
  };
}

/** What a schema says, without its places and what is empty. */
export function says(schema: Schema): unknown {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === "origin" ||
      (Array.isArray(value) && value.length === 0) ||
      (key === "doc" && JSON.stringify(value) === "{}")
        ? undefined
        : value,
    ),
  );
}

function one<T>(list: T[], fits: (each: T) => boolean): T {
  const found = list.filter(fits);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} of what should be one`);
  }
  return first;
}
