/** Room `load`: has swagger-parser load a batch of files through our own resolvers. */
import type { Fetch, Fetched } from "./source-access.js";

interface ParserFile {
  url: string;
}

/**
 * swagger-parser is given a document that holds nothing but references to the wanted URIs, and its parsers hand the files
 * on unread: it loads, and never meets a `$ref` that is none (docs/decisions/0006-loading-files.md).
 */
export async function fetchAll(
  uris: readonly string[],
  fetch: Fetch,
): Promise<ReadonlyMap<string, Fetched>> {
  const fetched = new Map<string, Fetched>();
  if (uris.length === 0) return fetched;
  const read = async (file: ParserFile): Promise<string> => {
    fetched.set(file.url, await fetch(file.url));
    return "";
  };
  const { default: SwaggerParser } =
    await import("@apidevtools/swagger-parser");
  const carrier = {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: {},
    "x-files": uris.map((uri) => ({ $ref: uri })),
  };
  await new SwaggerParser().resolve("file:///", carrier, {
    resolve: {
      external: true,
      file: { order: 1, canRead: /^file:/i, read },
      http: false,
      resources: { order: 2, canRead: true, read },
    },
    parse: {
      json: false,
      yaml: false,
      text: false,
      binary: false,
      unread: { order: 1, canParse: true, allowEmpty: true, parse: () => "" },
    },
  });
  for (const uri of uris) {
    // A spelling that came back in another form.
    if (!fetched.has(uri)) fetched.set(uri, await fetch(uri));
  }
  return fetched;
}
