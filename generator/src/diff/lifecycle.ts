/** Room `diff`: operations that come and go: stability, audience, deprecation, sunset. */
import type { Json, JsonObject } from "../load/document.js";
import type { Api, Operation } from "../model/api.js";
import type { Sides, TouchedOperation } from "./change.js";
import type { Ledger } from "./ledger.js";

const LEVELS = ["draft", "alpha", "beta", "stable"];

/** `x-stability-level`; whoever says nothing promises to be stable. */
function stabilityOf({ extensions }: Operation): string {
  const value = extension(extensions, "stability-level");
  return typeof value === "string" && LEVELS.includes(value) ? value : "stable";
}

function extension(extensions: JsonObject, name: string): Json | undefined {
  return extensions[`x-${name}`] ?? extensions[`x-kontract-${name}`];
}

function isInternal({ extensions }: Operation): boolean {
  return extension(extensions, "internal") === true;
}

/** Nobody outside may rely on it: it is judged by what was promised before. */
export function isExempt({ before, after }: TouchedOperation): boolean {
  const promised = before ?? after;
  if (!promised) return false;
  return isInternal(promised) || stabilityOf(promised) !== "stable";
}

export function noteRemoved(
  operation: Operation,
  isWhole: boolean,
  after: Api,
  now: number,
  ledger: Ledger,
): void {
  const sunset = operation.policies.deprecation?.sunset;
  const what = isWhole ? "path" : "operation";
  const name = isWhole ? "the path" : "the operation";
  const place = { before: operation.origin, after: after.origin };
  const add = (
    suffix: string,
    severity: "breaking" | "info",
    message: string,
  ) =>
    ledger.add(
      { id: `${what}-removed${suffix}`, severity, message, ...place },
      { before: operation },
    );
  if (sunset !== undefined && sunset * 1000 <= now) {
    add(
      "-after-sunset",
      "info",
      `${name} is gone, as was announced for ${dayOf(sunset)}`,
    );
  } else if (sunset !== undefined) {
    add(
      "-before-sunset",
      "breaking",
      `${name} is gone before its sunset on ${dayOf(sunset)}`,
    );
  } else if (operation.doc.deprecated) {
    add(
      "-without-sunset",
      "breaking",
      `${name} is gone; it was deprecated, but no date was announced`,
    );
  } else add("", "breaking", `${name} is gone`);
}

export function noteAdded(
  operation: Operation,
  isWhole: boolean,
  before: Api,
  ledger: Ledger,
): void {
  ledger.add(
    {
      id: isWhole ? "path-added" : "operation-added",
      severity: "info",
      message: isWhole ? "the path is new" : "the operation is new",
      before: before.origin,
      after: operation.origin,
    },
    { after: operation },
  );
}

export function compareLifecycle(
  { before, after }: Sides<Operation>,
  ledger: Ledger,
): void {
  const add = (
    id: string,
    severity: "breaking" | "warning" | "info",
    message: string,
  ) =>
    ledger.add(
      { id, severity, message, before: before.origin, after: after.origin },
      { before, after },
    );
  if (before.id !== after.id && !before.derivedId) {
    if (after.derivedId)
      add(
        "operation-id-removed",
        "warning",
        `the operationId \`${before.id}\` is gone`,
      );
    else
      add(
        "operation-id-changed",
        "warning",
        `the operationId is \`${after.id}\`, which was \`${before.id}\``,
      );
  } else if (before.derivedId && !after.derivedId) {
    add("operation-id-added", "info", `the operationId is \`${after.id}\``);
  }
  if (!isInternal(before) && isInternal(after)) {
    add(
      "operation-became-internal",
      "breaking",
      "the operation is internal now",
    );
  } else if (isInternal(before) && !isInternal(after)) {
    add("operation-became-public", "info", "the operation is public now");
  }
  const old = LEVELS.indexOf(stabilityOf(before));
  const now = LEVELS.indexOf(stabilityOf(after));
  const levels = `the stability level is \`${stabilityOf(after)}\`, which was \`${stabilityOf(before)}\``;
  if (now < old) add("stability-decreased", "breaking", levels);
  if (now > old) add("stability-increased", "info", levels);
  const earlier = before.doc.deprecated === true;
  const later = after.doc.deprecated === true;
  if (!earlier && later)
    add("operation-deprecated", "info", "the operation is deprecated");
  if (earlier && !later)
    add(
      "operation-undeprecated",
      "info",
      "the operation is no longer deprecated",
    );
  compareSunsets(
    before.policies.deprecation?.sunset,
    after.policies.deprecation?.sunset,
    later,
    add,
  );
}

function compareSunsets(
  old: number | undefined,
  now: number | undefined,
  isDeprecated: boolean,
  add: (
    id: string,
    severity: "breaking" | "warning" | "info",
    message: string,
  ) => void,
): void {
  if (old === now) return;
  if (old === undefined && now !== undefined) {
    add("sunset-added", "info", `the operation ends on ${dayOf(now)}`);
  } else if (old !== undefined && now === undefined) {
    const severity = isDeprecated ? "warning" : "info";
    add(
      "sunset-removed",
      severity,
      `the end on ${dayOf(old)} is no longer announced`,
    );
  } else if (old !== undefined && now !== undefined) {
    const message = `the operation ends on ${dayOf(now)}, which was ${dayOf(old)}`;
    if (now < old) add("sunset-moved-earlier", "breaking", message);
    else add("sunset-moved-later", "info", message);
  }
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
