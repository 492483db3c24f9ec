/** Room `load`: text to JSON values, with located findings for what is wrong in the text. */
import { createRequire } from "node:module";
import type {
  DiagnosticCode,
  Diagnostics,
  Origin,
} from "../lint/diagnostic.js";
import type { Json } from "./document.js";
import { duplicateJsonKeys } from "./json-duplicates.js";
import { makeFinite } from "./finite.js";
import { measureJson, scanJson } from "./json-scanner.js";
import {
  type Excess,
  MAX_DEPTH,
  MAX_EXPANDED_NODES,
  excessOf,
} from "./limits.js";
import { lineStarts, placeOfOffset } from "./lines.js";
import { duplicateYamlKeys, readYamlTokens } from "./yaml-tokens.js";
import { coreSchema } from "./yaml-schema.js";

/** Merge keys copy; a chain of them copies much. Far above any honest document. */
const MAX_MERGED_KEYS = 200_000;

/** Fields that only document: the text says nothing different when one of them stands twice. */
const DOCUMENTING = new Set([
  "description",
  "summary",
  "title",
  "example",
  "externalDocs",
]);

const require = createRequire(import.meta.url);

/** `undefined` with an error in `diagnostics`: the text cannot be used. */
export function parseSource(
  path: string,
  text: string,
  diagnostics: Diagnostics,
): Json | undefined {
  if (/^\s*[[{]/.test(text)) {
    const json = parseJson(path, text, diagnostics);
    if (json !== undefined) return json.value;
    if (path.endsWith(".json")) {
      reportJsonFault(path, text, diagnostics);
      return undefined;
    }
  }
  return parseYaml(path, text, diagnostics);
}

/** `undefined`: no JSON. Nothing is reported then: it may be YAML in flow style. */
function parseJson(
  path: string,
  text: string,
  diagnostics: Diagnostics,
): { value: Json | undefined } | undefined {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  makeFinite(value, text);
  const { keys, depth } = measureJson(text);
  if (depth > MAX_DEPTH) {
    reportExcess("depth", { file: path, pointer: "" }, diagnostics);
    return { value: undefined };
  }
  if (keys !== countKeys(value)) {
    const starts = lineStarts(text);
    for (const duplicate of duplicateJsonKeys(text)) {
      diagnostics.warning(
        "KT1004",
        {
          file: path,
          pointer: duplicate.pointer,
          ...placeOfOffset(starts, duplicate.offset),
        },
        `the key \`${shortened(duplicate.key)}\` stands twice in one object; the last one counts`,
        { help: "remove or rename one of them" },
      );
    }
  }
  return { value };
}

function countKeys(root: Json): number {
  let count = 0;
  const open: Json[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if (Array.isArray(node)) {
      for (const item of node) {
        if (typeof item === "object" && item !== null) open.push(item);
      }
      continue;
    }
    const values = Object.values(node);
    count += values.length;
    for (const value of values) {
      if (typeof value === "object" && value !== null) open.push(value);
    }
  }
  return count;
}

function reportJsonFault(
  path: string,
  text: string,
  diagnostics: Diagnostics,
): void {
  const fault = scanJson(text, {});
  const offset = fault?.offset ?? 0;
  diagnostics.error(
    "KT1003",
    { file: path, pointer: "", ...placeOfOffset(lineStarts(text), offset) },
    `the text is not JSON: ${fault?.message ?? "it cannot be parsed"}`,
    { unusable: true },
  );
}

function parseYaml(
  path: string,
  text: string,
  diagnostics: Diagnostics,
): Json | undefined {
  const yaml: typeof import("js-yaml") = require("js-yaml");
  const options = {
    schema: coreSchema(yaml),
    maxDepth: MAX_DEPTH,
    maxTotalMergeKeys: MAX_MERGED_KEYS,
  };
  let value: unknown;
  try {
    value = yaml.load(text, options);
  } catch (error) {
    if (!isYamlFault(error)) throw error;
    if (error.reason !== "duplicated mapping key") {
      reportYamlFault(path, text, error, diagnostics);
      return undefined;
    }
    if (!onlyHarmlessDuplicates(path, text, diagnostics)) return undefined;
    value = yaml.load(text, { ...options, json: true });
  }
  if (value === undefined) value = null;
  // Everything that the schema above constructs is JSON, but for the two infinities and NaN.
  const json = value as Json;
  const excess = excessOf(json);
  if (excess !== undefined) {
    reportExcess(excess, { file: path, pointer: "" }, diagnostics);
    return undefined;
  }
  return json;
}

interface YamlFault {
  reason: string;
  mark?: { position: number };
}

function isYamlFault(error: unknown): error is YamlFault {
  return error instanceof Error && error.name === "YAMLException";
}

const YAML_CODES: readonly [RegExp, DiagnosticCode][] = [
  [/single document/, "KT1005"],
  [/unknown tag|tag handle|explicit tag/, "KT1006"],
  [/maxDepth/, "KT1007"],
  [/maxTotalMergeKeys/, "KT1008"],
];

function reportYamlFault(
  path: string,
  text: string,
  fault: YamlFault,
  diagnostics: Diagnostics,
): void {
  const place =
    fault.mark === undefined
      ? secondDocument(text)
      : // The reader works on a text with one more line break.
        placeOfOffset(
          lineStarts(text),
          Math.min(fault.mark.position, text.length),
        );
  const code = YAML_CODES.find(([reason]) => reason.test(fault.reason));
  const origin: Origin = { file: path, pointer: "", ...place };
  if (code?.[1] === "KT1007") {
    reportExcess("depth", origin, diagnostics);
  } else if (code?.[1] === "KT1008") {
    reportExcess("size", origin, diagnostics);
  } else if (code?.[1] === "KT1005") {
    diagnostics.error(
      "KT1005",
      origin,
      "the file holds more than one YAML document",
      { unusable: true, help: "keep one document per file" },
    );
  } else if (code?.[1] === "KT1006") {
    diagnostics.error(
      "KT1006",
      origin,
      `the YAML tag cannot be used: ${shortened(fault.reason)}`,
      {
        unusable: true,
        help: "a document holds plain data only; remove the tag",
      },
    );
  } else {
    diagnostics.error(
      "KT1003",
      origin,
      `the text is not YAML: ${shortened(fault.reason)}`,
      { unusable: true },
    );
  }
}

function secondDocument(text: string): { line: number; column: number } {
  const starts = [...text.matchAll(/^---(?=\s|$)/gm)];
  const mark = starts[0]?.index === 0 ? starts[1] : starts[0];
  return placeOfOffset(lineStarts(text), mark?.index ?? 0);
}

/** Reports every duplicate key; true when all of them are in documentation, so that the last one may count. */
function onlyHarmlessDuplicates(
  path: string,
  text: string,
  diagnostics: Diagnostics,
): boolean {
  const starts = lineStarts(text);
  let harmless = true;
  for (const duplicate of duplicateYamlKeys(readYamlTokens(text))) {
    const origin: Origin = {
      file: path,
      pointer: duplicate.pointer,
      ...placeOfOffset(starts, duplicate.offset),
    };
    const message = `the key \`${shortened(duplicate.key)}\` stands twice in one mapping`;
    const help = "remove or rename one of them";
    if (isDocumentation(duplicate)) {
      diagnostics.warning("KT1004", origin, `${message}; the last one counts`, {
        help,
      });
    } else {
      harmless = false;
      diagnostics.error("KT1004", origin, message, { unusable: true, help });
    }
  }
  return harmless;
}

function isDocumentation(duplicate: { key: string; pointer: string }): boolean {
  // A *property* called `description` is a schema.
  return (
    DOCUMENTING.has(duplicate.key) &&
    !/\/(?:properties|patternProperties|schemas)\/[^/]*$/.test(
      duplicate.pointer,
    )
  );
}

function reportExcess(
  excess: Excess,
  origin: Origin,
  diagnostics: Diagnostics,
): void {
  if (excess === "depth") {
    diagnostics.error(
      "KT1007",
      origin,
      `the document is nested more than ${MAX_DEPTH} levels deep`,
      {
        unusable: true,
        help: "move inner parts to components and refer to them",
      },
    );
  } else if (excess === "size") {
    diagnostics.error(
      "KT1008",
      origin,
      `the YAML aliases stand for more than ${MAX_EXPANDED_NODES} values`,
      { unusable: true, help: "use `$ref` to components instead of aliases" },
    );
  } else {
    diagnostics.error(
      "KT1008",
      origin,
      "a YAML alias stands for a value that contains the alias itself",
      { unusable: true, help: "use `$ref` for recursive schemas" },
    );
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
}
