/** Room `load`: broken references as diagnostics, each at its `$ref`. */
import { createRequire } from "node:module";
import type { Diagnostics, Origin } from "../lint/diagnostic.js";
import { isKnownMetaSchema, isOldDraft } from "./dialect.js";
import type { Graph } from "./graph.js";
import { typeName } from "./member.js";
import { childPointer } from "./pointer.js";
import type { Failure, Reference } from "./reference.js";
import type { Scope } from "./resource.js";
import type { Refusal } from "./source-access.js";

const require = createRequire(import.meta.url);

/** `refusals`: why a URI could not be read; absent: its text had errors, which were reported. */
export function reportReferences(
  graph: Graph,
  refusals: ReadonlyMap<string, Refusal>,
  diagnostics: Diagnostics,
): void {
  for (const { scope, pointer, value } of graph.notTexts) {
    diagnostics.error(
      "KT1025",
      originOf(scope, pointer, "$ref"),
      `\`$ref\` is ${typeName(value)}, not a text`,
      { unusable: true },
    );
  }
  for (const { reference, failure } of graph.broken) {
    reportBroken(reference, failure, refusals, diagnostics);
  }
  reportGenerous(graph, diagnostics);
  for (const { name, scope, pointer } of graph.clashes) {
    diagnostics.error(
      "KT1029",
      { file: scope.file.source.path, pointer },
      `\`${name}\` names two schemas`,
      { help: "give each `$id` and each anchor of a resource its own name" },
    );
  }
  reportMetaSchemas(graph, diagnostics);
}

/** What is no error because only one thing can be meant. */
function reportGenerous(graph: Graph, diagnostics: Diagnostics): void {
  for (const { holder, text, scope, pointer, place } of graph.references) {
    const target = graph.targets.get(holder);
    if (target === undefined) continue;
    const origin = originOf(scope, pointer, "$ref");
    if (/#[^/]*[^/]\//.test(text)) {
      diagnostics.warning(
        "KT1030",
        origin,
        `the pointer of \`${shortened(text)}\` lacks its first slash; it is read with it`,
        { help: `write \`${shortened(text.replace("#", "#/"))}\`` },
      );
    }
    const isParameter =
      place.kind === "header" &&
      target.origin.pointer.startsWith("/components/parameters/");
    if (isParameter) {
      diagnostics.warning(
        "KT1031",
        origin,
        `the reference \`${shortened(text)}\` leads to a parameter, which is read as a header`,
        {
          help: "move it to `components/headers`, without `name` and `in`",
          related: [target.origin],
        },
      );
    }
  }
  for (const { scope, pointer, text } of graph.recursive) {
    diagnostics.warning(
      "KT3005",
      originOf(scope, pointer, "$recursiveRef"),
      `\`$recursiveRef\` is no keyword of OpenAPI 3.1; it is read as a reference to \`${shortened(text)}\``,
      { help: `write \`$ref: "${shortened(text)}"\`` },
    );
  }
}

function reportBroken(
  reference: Reference,
  failure: Failure,
  refusals: ReadonlyMap<string, Refusal>,
  diagnostics: Diagnostics,
): void {
  const { scope, pointer, form } = reference;
  const keyword = form === "dynamic" ? "$dynamicRef" : "$ref";
  const origin = originOf(scope, pointer, keyword);
  const text = `\`${shortened(reference.text)}\``;
  if (form === "text") {
    diagnostics.warning(
      "KT1028",
      origin,
      `the text of ${text} cannot be read; the description is left out`,
    );
    return;
  }
  const unusable = { unusable: true } as const;
  switch (failure.kind) {
    case "no-uri":
      diagnostics.error(
        "KT1027",
        origin,
        `${text} is no URI reference that can be resolved here`,
        unusable,
      );
      return;
    case "no-member":
      diagnostics.error(
        "KT1020",
        origin,
        `the reference ${text} leads nowhere: ${describeParent(failure.parent)} has no \`${shortened(failure.key)}\``,
        { ...unusable, ...helpOf(failure.key, failure.known) },
      );
      return;
    case "no-anchor":
      diagnostics.error(
        "KT1020",
        origin,
        `the reference ${text} leads nowhere: there is no anchor \`${shortened(failure.name)}\``,
        unusable,
      );
      return;
    case "endless":
      diagnostics.error(
        "KT1026",
        origin,
        `the reference ${text} leads back to itself`,
        unusable,
      );
      return;
    case "wrong-kind":
      diagnostics.error(
        "KT1024",
        origin,
        `the reference ${text} leads to ${failure.found} where ${failure.expected} is expected`,
        { ...unusable, related: [failure.at.target.origin] },
      );
      return;
    case "unreadable":
      reportRefusal(text, refusals.get(failure.uri), origin, diagnostics);
  }
}

function reportRefusal(
  text: string,
  refusal: Refusal | undefined,
  origin: Origin,
  diagnostics: Diagnostics,
): void {
  switch (refusal?.kind) {
    case undefined:
      // The file was read and has errors of its own.
      return;
    case "outside":
      diagnostics.error(
        "KT1021",
        origin,
        `the reference ${text} leads out of the root folder and is not read`,
        {
          unusable: true,
          help: "`--root DIR` names the folder that references may not leave",
        },
      );
      return;
    case "network":
    case "scheme":
      diagnostics.error(
        "KT1022",
        origin,
        `the reference ${text} leads to a URI that is not on this machine; nothing is fetched`,
        {
          unusable: true,
          help: "map the URI to a local file with `resources` in the config",
        },
      );
      return;
    case "missing":
      diagnostics.error(
        "KT1023",
        origin,
        `the file of the reference ${text} does not exist`,
        { unusable: true },
      );
      return;
    case "unreadable":
      diagnostics.error(
        "KT1023",
        origin,
        `the file of the reference ${text} cannot be read: ${refusal.why}`,
        { unusable: true },
      );
  }
}

function reportMetaSchemas(graph: Graph, diagnostics: Diagnostics): void {
  for (const [uri, { scope, pointer }] of graph.metaSchemas) {
    const keyword =
      pointer === "" && scope.file === graph.entry
        ? "jsonSchemaDialect"
        : "$schema";
    const origin = originOf(scope, pointer, keyword);
    if (isOldDraft(uri)) {
      diagnostics.warning(
        "KT3002",
        origin,
        `schemas of the older dialect \`${uri}\` are read by the rules of JSON Schema 2020-12`,
        {
          help: "name the dialect that the schema is written in, or leave `$schema` out",
        },
      );
    } else if (!isKnownMetaSchema(uri) && graph.failed.has(uri)) {
      diagnostics.error(
        "KT3001",
        origin,
        `the schema dialect \`${shortened(uri)}\` is not known`,
        {
          help: "map the URI of the meta-schema to a local file with `resources` in the config",
        },
      );
    }
  }
}

function helpOf(key: string, known: readonly string[]): { help?: string } {
  if (known.length === 0 || known.length > 5_000) return {};
  const {
    closest,
    distance,
  }: typeof import("fastest-levenshtein") = require("fastest-levenshtein");
  const near = closest(key, known);
  return distance(key, near) <= Math.max(1, key.length / 3)
    ? { help: `did you mean \`${near}\`?` }
    : {};
}

function describeParent(pointer: string): string {
  return pointer === "" ? "the document" : `\`${shortened(pointer)}\``;
}

function originOf(scope: Scope, pointer: string, key: string): Origin {
  return {
    file: scope.file.source.path,
    pointer: childPointer(pointer, key),
  };
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
