/** Room `load`: from the bytes of the entry to the document: parses, grows the reference graph, reports what is broken. */
import type { Diagnostics, Staged } from "../lint/diagnostic.js";
import { reportCycles } from "./cycles.js";
import { decodeText } from "./decode.js";
import type { Document, Json, SourceFile } from "./document.js";
import { documentOf } from "./document-of-graph.js";
import { fetchAll } from "./fetch-all.js";
import type { Graph } from "./graph.js";
import type { Version } from "./grammar.js";
import { isObject, member, textMember } from "./member.js";
import { parseSource } from "./parse-source.js";
import { growGraph, indexFile, type Wanted } from "./reference-graph.js";
import { reportReferences } from "./report-references.js";
import type { LoadedFile, Resource, Scope } from "./resource.js";
import type { Fetch, Fetched, Refusal } from "./source-access.js";
import { resolveUri, splitFragment } from "./uri.js";
import { readVersion, versionOf } from "./version.js";

export interface Assembly {
  entry: {
    path: string;
    uri: string;
    identity: string;
    content: { bytes: Uint8Array } | { json: object | Json };
  };
  fetch: Fetch;
  diagnostics: Diagnostics;
}

export async function assembleDocument(
  assembly: Assembly,
): Promise<Staged<Document | undefined> & { files: SourceFile[] }> {
  const { entry, diagnostics } = assembly;
  const files: SourceFile[] = [];
  const done = (value: Document | undefined) => ({
    value,
    diagnostics: diagnostics.list,
    files,
  });
  const source = readSource(entry.path, entry.content, files, diagnostics);
  if (source === undefined) return done(undefined);
  const read = readVersion(entry.path, source.json, diagnostics);
  if (read === undefined) return done(undefined);
  const { version } = read;

  const first = newFile(source, entry.uri, version, version, undefined);
  const graph = newGraph(version, first);
  enterFile(graph, first);
  graph.files.set(entry.uri, first);
  const byIdentity = new Map([[entry.identity, first]]);
  const refusals = new Map<string, Refusal>();

  await growGraph(graph, async (wanted: Wanted) => {
    const fetched = await fetchAll(
      [...new Set([...wanted.files, ...wanted.texts])],
      assembly.fetch,
    );
    for (const uri of wanted.texts) {
      const text = textOf(fetched.get(uri));
      if (text === undefined) graph.failed.add(uri);
      else graph.texts.set(uri, text);
    }
    for (const uri of wanted.files) {
      const answer = fetched.get(uri);
      if (answer === undefined || !answer.ok) {
        graph.failed.add(uri);
        if (answer !== undefined) refusals.set(uri, answer.refusal);
        continue;
      }
      const known = byIdentity.get(answer.identity);
      if (known !== undefined) {
        graph.files.set(uri, known);
        continue;
      }
      const { path, content } = answer;
      const further = readSource(path, content, files, diagnostics);
      if (further === undefined) {
        graph.failed.add(uri);
        continue;
      }
      const own = isObject(further.json)
        ? versionOf(member(further.json, "openapi"))
        : undefined;
      const file = newFile(further, uri, own, version, first.scope.metaSchema);
      byIdentity.set(answer.identity, file);
      graph.files.set(uri, file);
      enterFile(graph, file);
    }
  });

  reportReferences(graph, refusals, diagnostics);
  reportCycles(graph, diagnostics);
  return done(documentOf(graph));
}

function readSource(
  path: string,
  content: { bytes: Uint8Array } | { json: object | Json },
  files: SourceFile[],
  diagnostics: Diagnostics,
): SourceFile | undefined {
  let text: string;
  if ("json" in content) {
    try {
      text = JSON.stringify(content.json, null, 2);
    } catch {
      diagnostics.error(
        "KT1003",
        { file: path, pointer: "", line: 1, column: 1 },
        "the document is no JSON value: it contains itself, or a value that JSON cannot express",
        { unusable: true },
      );
      return undefined;
    }
  } else {
    const decoded = decodeText(content.bytes);
    if (!decoded.ok) {
      diagnostics.error(
        "KT1002",
        { file: path, pointer: "", line: 1, column: 1 },
        decoded.message,
        { unusable: true, help: "save it as UTF-8" },
      );
      return undefined;
    }
    ({ text } = decoded);
    if (decoded.surrogates !== undefined) {
      diagnostics.warning(
        "KT1012",
        { file: path, pointer: "", line: 1, column: 1 },
        `the character at byte ${decoded.surrogates} is written as surrogates, which UTF-8 does not allow; it is read as meant`,
        { help: "save the file as UTF-8" },
      );
    }
  }
  const source: SourceFile = { path, text, json: null };
  files.push(source);
  const json = parseSource(path, text, diagnostics);
  if (json === undefined) return undefined;
  source.json = json;
  return source;
}

function textOf(fetched: Fetched | undefined): string | undefined {
  if (fetched === undefined || !fetched.ok) return undefined;
  if (!("bytes" in fetched.content)) return undefined;
  const decoded = decodeText(fetched.content.bytes);
  return decoded.ok ? decoded.text : undefined;
}

function newGraph(version: Version, entry: LoadedFile): Graph {
  return {
    version,
    entry,
    loaded: [],
    files: new Map(),
    failed: new Set(),
    resources: new Map(),
    resourceByRoot: new Map(),
    scopeOf: new Map(),
    grafts: new Map(),
    texts: new Map(),
    targets: new Map(),
    dynamicTargets: new Map(),
    references: [],
    broken: [],
    notTexts: [],
    areas: [],
    metaSchemas: new Map(),
    kinds: new Map(),
    recursive: [],
    clashes: [],
    targetOf: (node, file, pointer) => ({
      node,
      origin: { file: file.source.path, pointer },
    }),
  };
}

function newFile(
  source: SourceFile,
  uri: string,
  own: Version | undefined,
  version: Version,
  inherited: string | undefined,
): LoadedFile {
  const { json } = source;
  const keyword =
    own === "3.2"
      ? "$self"
      : own === undefined && version !== "3.0"
        ? "$id"
        : undefined;
  const named =
    keyword !== undefined && isObject(json)
      ? textMember(json, keyword)
      : undefined;
  const dialect =
    isObject(json) && own !== undefined && own !== "3.0"
      ? textMember(json, "jsonSchemaDialect")
      : undefined;
  const metaSchema =
    dialect === undefined ? inherited : splitFragment(dialect).uri;
  // A file, its resource and its scope know each other.
  const file: LoadedFile = {
    uri,
    source,
    get scope() {
      return scope;
    },
    ...(own === undefined ? {} : { openapi: own }),
  };
  const resource: Resource = {
    uri: resolveUri(uri, splitFragment(named ?? "").uri) ?? uri,
    root: json,
    file,
    pointer: "",
    anchors: new Map(),
    dynamicAnchors: new Map(),
  };
  const scope: Scope = {
    resource,
    file,
    ...(metaSchema === undefined ? {} : { metaSchema }),
  };
  return file;
}

function enterFile(graph: Graph, file: LoadedFile): void {
  graph.loaded.push(file);
  const { resource } = file.scope;
  if (!graph.resources.has(resource.uri)) {
    graph.resources.set(resource.uri, resource);
  }
  if (isObject(resource.root)) {
    graph.resourceByRoot.set(resource.root, resource);
  }
  const { metaSchema } = file.scope;
  if (metaSchema !== undefined && !graph.metaSchemas.has(metaSchema)) {
    graph.metaSchemas.set(metaSchema, { scope: file.scope, pointer: "" });
  }
  const { json, text } = file.source;
  if (file !== graph.entry && /\$(?:id|anchor|dynamicAnchor)\b/.test(text)) {
    const kind = file.openapi === undefined ? "schema" : "document";
    indexFile(graph, {
      node: json,
      place: { form: "one", kind },
      pointer: "",
      scope: file.scope,
    });
  }
}
