/** Turns schemas into emitted checks: a document with one operation for each, generated, transpiled and imported. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate } from "../../generator/src/index.js";
import type { JsonObject, Json } from "../../generator/src/load/document.js";
import type { Diagnostic } from "../../generator/src/lint/diagnostic.js";
import { type Issue, IssueList } from "../../runtime/src/check/issue-list.js";
import type { Issues } from "../../runtime/src/contract/issues.js";
import type { RawRequest } from "../../runtime/src/contract/raw-request.js";
import { writeTranspiled } from "./transpiled.js";

/** A schema to check, and how its operation is called. */
export interface CheckedSchema {
  /** An operationId. */
  id: string;
  schema: Json;
}

/** The faults of a body. A body without any is made ready for a handler, in place. */
export type BodyCheck = (body: unknown) => readonly Issue[];

export interface BodyChecks {
  /** By operationId; empty when the document was refused. */
  checks: Map<string, BodyCheck>;
  errors: Diagnostic[];
}

export interface DocumentParts {
  openapi: string;
  /** Rest of the document, such as `components`. */
  rest?: JsonObject;
  resources?: Record<string, string>;
}

/** What a generated operation is, as far as bodies go. */
interface BodyReader {
  id: string;
  read(raw: RawRequest, issues: Issues): unknown;
}

export async function bodyChecks(
  folder: string,
  schemas: readonly CheckedSchema[],
  { openapi, rest, resources }: DocumentParts,
): Promise<BodyChecks> {
  const paths: JsonObject = {};
  for (const { id, schema } of schemas) {
    paths[`/check/${id}`] = {
      post: {
        operationId: id,
        requestBody: {
          required: true,
          content: { "application/json": { schema } },
        },
        responses: { "204": { description: "valid" } },
      },
    };
  }
  const { files, diagnostics } = await generate(
    { openapi, info: { title: "Checks", version: "1" }, ...rest, paths },
    resources === undefined ? {} : { resources },
  );
  const errors = diagnostics.filter((each) => each.severity === "error");
  const checks = new Map<string, BodyCheck>();
  if (errors.length > 0) return { checks, errors };

  const modules: string[] = [];
  for (const { path, text } of files) {
    if (!/^(?:operations|models)\/.*\.ts$|^contract\.ts$/.test(path)) continue;
    writeTranspiled(join(folder, path), text);
    if (path.startsWith("operations/")) {
      modules.push(join(folder, path.replace(/\.ts$/, ".js")));
    }
  }
  for (const module of modules) {
    const exported: Record<string, unknown> = await import(
      pathToFileURL(module).href
    );
    for (const value of Object.values(exported)) {
      if (isBodyReader(value)) checks.set(value.id, checkOf(value));
    }
  }
  return { checks, errors };
}

function isBodyReader(value: unknown): value is BodyReader {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    "read" in value
  );
}

function checkOf(reader: BodyReader): BodyCheck {
  return (body) => {
    const issues = new IssueList(100);
    reader.read(jsonRequest(body), issues);
    if (issues.size === 0) issues.settle();
    return issues.items;
  };
}

/** A request with this JSON body and nothing else. */
function jsonRequest(body: unknown): RawRequest {
  const nothing = () => undefined;
  return {
    path: () => "",
    pathList: () => [],
    pathObject: () => ({}),
    query: nothing,
    queryAll: nothing,
    querySplit: nothing,
    queryPairs: nothing,
    queryObject: nothing,
    queryFields: nothing,
    queryRest: nothing,
    querystring: "",
    queryText: nothing,
    header: nothing,
    headerSplit: nothing,
    headerPairs: nothing,
    cookie: nothing,
    cookieText: nothing,
    cookieAll: nothing,
    cookieSplit: nothing,
    cookiePairs: nothing,
    cookieFields: nothing,
    body,
    mediaType: "application/json",
    contentType: undefined,
  };
}
