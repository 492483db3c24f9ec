/** Room `commands`: `kontract lint --report` as data and as text. */
import type { SourceFile } from "../load/document.js";
import { positionsOf } from "../load/positions.js";
import type { FeatureUse, Report } from "../report/feature.js";

/** One line of the report; lines and columns count from 1. */
export interface ReportedFeature extends Omit<FeatureUse, "origin"> {
  /** The first use. */
  file: string;
  line?: number;
  column?: number;
  pointer: string;
}

export function reportedFeatures(
  { features }: Report,
  sources: readonly SourceFile[],
): ReportedFeature[] {
  const positions = positionsOf(
    sources,
    features.map(({ origin }) => origin),
  );
  return features.map(({ origin, ...rest }, index) => {
    const position = positions[index];
    return {
      ...rest,
      file: origin.file,
      ...(position && { line: position.line, column: position.column }),
      pointer: origin.pointer,
    };
  });
}

/** A block for each level, a line for each feature: uses, name, code, first use. */
export function reportText(
  file: string,
  openapi: string,
  features: readonly ReportedFeature[],
): string {
  const width = Math.max(0, ...features.map(({ feature }) => feature.length));
  const lines: string[] = [`${file}: OpenAPI ${openapi}`];
  let level = "";
  for (const each of features) {
    if (each.level !== level) {
      level = each.level;
      lines.push("", `${level}:`);
    }
    const uses = String(each.uses).padStart(7);
    const name = each.feature.padEnd(width);
    const place = [each.file, each.line, each.column].join(":");
    lines.push(`${uses}  ${name}  ${(each.code ?? "").padEnd(6)}  ${place}`);
  }
  return `${lines.join("\n")}\n`;
}
