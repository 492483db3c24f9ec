/** Room `load`: which version of OpenAPI a document is written in. */
import type { Diagnostics } from "../lint/diagnostic.js";
import type { Json, JsonObject } from "./document.js";
import type { Version } from "./grammar.js";
import { isObject, member, typeName } from "./member.js";

const SUPPORTED = "3.0.x, 3.1.x and 3.2.x are supported";

/** `undefined` with an error in `diagnostics`: the document cannot be used. */
export function readVersion(
  path: string,
  root: Json,
  diagnostics: Diagnostics,
): { root: JsonObject; version: Version } | undefined {
  if (!isObject(root)) {
    diagnostics.error(
      "KT1009",
      {
        file: path,
        pointer: "",
        on: "value",
        ...(root === null ? { line: 1, column: 1 } : {}),
      },
      root === null
        ? "the document is empty"
        : `an OpenAPI document is an object, not ${typeName(root)}`,
      { unusable: true },
    );
    return undefined;
  }
  const openapi = member(root, "openapi");
  const swagger = member(root, "swagger");
  if (swagger !== undefined) {
    diagnostics.error(
      "KT1011",
      { file: path, pointer: "/swagger" },
      openapi === undefined
        ? `Swagger ${String(swagger)} is not supported: ${SUPPORTED}`
        : "the document has both `swagger` and `openapi`",
      {
        unusable: true,
        help:
          openapi === undefined
            ? "convert it to OpenAPI 3 with a converter such as `swagger2openapi`, and generate from the result"
            : "remove `swagger`, or convert the document to OpenAPI 3",
      },
    );
    return undefined;
  }
  if (openapi === undefined) {
    diagnostics.error(
      "KT1010",
      { file: path, pointer: "", on: "value" },
      "this is no OpenAPI document: `openapi` is missing",
      { unusable: true, help: "add `openapi: 3.1.0`" },
    );
    return undefined;
  }
  const version = versionOf(openapi);
  if (version === undefined) {
    const isNumber = typeof openapi === "number";
    diagnostics.error(
      "KT1011",
      { file: path, pointer: "/openapi" },
      isNumber
        ? `\`openapi\` is the number ${openapi}, not a version in quotes`
        : `the version \`${describe(openapi)}\` is not supported: ${SUPPORTED}`,
      {
        unusable: true,
        help: isNumber
          ? 'write it as text: `openapi: "3.1.0"`'
          : "use a released version such as `3.1.0`",
      },
    );
    return undefined;
  }
  return { root, version };
}

/** The version of a file that may or may not be an OpenAPI document. */
export function versionOf(openapi: Json | undefined): Version | undefined {
  if (typeof openapi !== "string") return undefined;
  const match = /^3\.([012])(?:\.\d+)?$/.exec(openapi);
  if (match === null) return undefined;
  return match[1] === "0" ? "3.0" : match[1] === "1" ? "3.1" : "3.2";
}

function describe(value: Json): string {
  return typeof value === "string" ? value.slice(0, 40) : typeName(value);
}
