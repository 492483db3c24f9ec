/** Room `report`: what becomes of everything that a document uses: the table, and what was said at each place. */
import type { Diagnostic, DiagnosticCode, Origin } from "../lint/diagnostic.js";
import type { Document } from "../load/document.js";
import { LEVEL_OF_CODE } from "./code-levels.js";
import type { Feature, FeatureUse, Level, Report, Use } from "./feature.js";
import { findUses } from "./find-uses.js";
import { areaOf, FEATURES } from "./table.js";

const byName = new Map(FEATURES.map((each) => [each.name, each]));

/** Where an area stands in the report, and a level within it. */
const AREAS = [...new Set(FEATURES.map(({ area }) => area))];
const LEVELS: readonly Level[] = [
  "refused",
  "no effect",
  "typed only",
  "enforced",
  "documentation",
];

interface Told {
  level: Level;
  code?: DiagnosticCode;
}

/** `said`: all that the stages have found, at the places where the text stands; the user's wishes do not count. */
export function makeReport(
  document: Document,
  said: readonly Diagnostic[],
): Report {
  const told = toldBy(said);
  const lines = new Map<string, FeatureUse>();
  for (const use of findUses(document)) {
    const feature = byName.get(use.name) ?? unlisted(use);
    const { level, code } = standingOf(use, feature, told);
    const key = `${feature.name}\n${level}\n${code ?? ""}`;
    const line = lines.get(key);
    if (line !== undefined) {
      line.uses += 1;
      continue;
    }
    lines.set(key, {
      feature: feature.name,
      area: feature.area,
      level,
      ...(code !== undefined && { code }),
      uses: 1,
      origin: use.origin,
    });
  }
  return {
    openapi: document.version,
    features: [...lines.values()].toSorted(
      (one, other) =>
        LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
        AREAS.indexOf(one.area) - AREAS.indexOf(other.area) ||
        (one.feature < other.feature ? -1 : 1),
    ),
  };
}

/** What the table does not know: extensions of others, and fields that the object does not have. */
function unlisted({ name, kind = "document", code }: Use): Feature {
  const isExtension = name.startsWith("extension ");
  return {
    name,
    area: isExtension ? "Extensions" : areaOf(kind),
    versions: [],
    ...(code === undefined
      ? { level: "documentation" }
      : { level: LEVEL_OF_CODE.get(code) ?? "no effect", code }),
  };
}

/** By place, the worst that was said. */
function toldBy(said: readonly Diagnostic[]): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const { code, severity, origin } of said) {
    const level = severity === "error" ? "refused" : LEVEL_OF_CODE.get(code);
    if (level === undefined) continue;
    const key = placeKey(origin);
    const before = told.get(key);
    if (
      before === undefined ||
      LEVELS.indexOf(level) < LEVELS.indexOf(before.level)
    ) {
      told.set(key, { level, code });
    }
  }
  return told;
}

function placeKey({ file, pointer }: Origin): string {
  return `${file}#${pointer}`;
}

function standingOf(
  { origin, also = [], code }: Use,
  feature: Feature,
  told: ReadonlyMap<string, Told>,
): Told {
  for (const place of [origin, ...also]) {
    const here = told.get(placeKey(place));
    // What is for readers only stays so, whatever is said of it, unless the document is refused for it.
    if (here === undefined) continue;
    if (here.level === "refused" || feature.level !== "documentation") {
      return here;
    }
  }
  if (code !== undefined) {
    return { level: LEVEL_OF_CODE.get(code) ?? "no effect", code };
  }
  // Whether there is a reader is said for each body: silence means that its bytes are all that the schema asks for.
  if (feature.level === "typed only") return { level: "enforced" };
  const { level } = feature;
  return { level, ...(feature.code !== undefined && { code: feature.code }) };
}
