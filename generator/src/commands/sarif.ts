/** Room `commands`: findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code scanning. */
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { Diagnostic, Origin } from "../lint/diagnostic.js";
import { explain } from "../lint/explain.js";
import { orderDiagnostics } from "../lint/order.js";
import type { SourceFile } from "../load/document.js";
import { type Position, positionsOf } from "../load/positions.js";
import { kontractVersion } from "../version.js";
import type { Outcome } from "./outcome.js";
import { isUri, pathBelow, type SourceRoot } from "./source-path.js";

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** `command`: tells the runs of one commit apart (`check`, `lint`). */
export function sarifLog(
  command: string,
  {
    diagnostics,
    sources,
    exit,
  }: Pick<Outcome, "diagnostics" | "sources" | "exit">,
  root: SourceRoot,
): string {
  const placed = orderDiagnostics(diagnostics, sources);
  const codes = [...new Set(placed.map(({ diagnostic }) => diagnostic.code))];
  codes.sort();
  const run = {
    tool: {
      driver: {
        name: "kontract",
        semanticVersion: kontractVersion(),
        version: kontractVersion(),
        rules: codes.map(ruleOf),
      },
    },
    automationDetails: { id: `kontract/${command}/` },
    invocations: [{ executionSuccessful: exit !== 3, exitCode: exit }],
    columnKind: "utf16CodeUnits",
    results: placed.map(({ diagnostic, position }) =>
      resultOf(diagnostic, position, codes, sources, root),
    ),
  };
  const log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleOf(code: string): object {
  const known = explain(code);
  if (known === undefined) return { id: code };
  const { title, explanation, help } = known;
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: help },
  };
}

function resultOf(
  { code, severity, message, help, origin, related = [] }: Diagnostic,
  position: Position | undefined,
  codes: readonly string[],
  sources: readonly SourceFile[],
  root: SourceRoot,
): object {
  const others = positionsOf(sources, related);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: help === undefined ? message : `${message}\n${help}` },
    locations: [locationOf(origin, position, root)],
    ...(related.length > 0 && {
      relatedLocations: related.map((each, index) => ({
        id: index + 1,
        ...locationOf(each, others[index], root),
      })),
    }),
    // Lines come and go above a finding: it stays the same one.
    partialFingerprints: {
      "kontract/v1": createHash("sha256")
        .update(JSON.stringify([code, origin.file, origin.pointer, message]))
        .digest("hex")
        .slice(0, 32),
    },
  };
}

function locationOf(
  { file, pointer }: Origin,
  position: Position | undefined,
  root: SourceRoot,
): object {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file, root),
      ...(position && {
        region: {
          startLine: position.line,
          startColumn: position.column,
          endColumn: position.column + position.length,
        },
      }),
    },
    ...(pointer !== "" && {
      logicalLocations: [{ fullyQualifiedName: pointer, kind: "member" }],
    }),
  };
}

/** A URI reference (RFC 3986): relative to the root of the sources where the file lies below it. */
function artifactOf(file: string, root: SourceRoot): object {
  const path = pathBelow(file, root);
  if (path !== undefined) {
    const uri = path.split("/").map(encodeURIComponent).join("/");
    return { uri: uri === "" ? "./" : uri, uriBaseId: "%SRCROOT%" };
  }
  return {
    uri: isUri(file) ? file : pathToFileURL(resolve(root.cwd, file)).href,
  };
}
