/** Room `diff`: what an operation answers. */
import type { Answer, Header, StatusKey } from "../model/api.js";
import type { Sides } from "./change.js";
import { compareMedia } from "./compare-bodies.js";
import type { OperationDiff } from "./compare-operation.js";

export function compareAnswers(diff: OperationDiff): void {
  const { before, after, add } = diff;
  for (const old of before.answers) {
    const now =
      after.answers.find(({ status }) => status === old.status) ??
      covering(after.answers, old.status);
    if (now) {
      compareAnswer(diff, { before: old, after: now });
      continue;
    }
    const isSuccess = successful(old.status);
    add({
      id: isSuccess
        ? "response-success-status-removed"
        : "response-status-removed",
      severity: isSuccess ? "breaking" : "info",
      message: `the answer ${old.status} is gone`,
      before: old.origin,
      after: after.origin,
    });
  }
  for (const now of after.answers) {
    if (before.answers.some(({ status }) => status === now.status)) continue;
    const old = covering(before.answers, now.status);
    if (old) {
      compareAnswer(diff, { before: old, after: now });
      continue;
    }
    const isSuccess = successful(now.status);
    add({
      id: isSuccess ? "response-success-status-added" : "response-status-added",
      severity: isSuccess ? "warning" : "info",
      message: `the answer ${now.status} is new`,
      before: before.origin,
      after: now.origin,
    });
  }
}

/** The range that a status belongs to; `default` stands for the errors that nobody has named. */
function covering(
  answers: readonly Answer[],
  status: StatusKey,
): Answer | undefined {
  if (typeof status === "number") {
    const range = answers.find(
      (each) => each.status === `${Math.floor(status / 100)}XX`,
    );
    if (range) return range;
  }
  if (status === "default" || successful(status)) return undefined;
  return answers.find((each) => each.status === "default");
}

function successful(status: StatusKey): boolean {
  const [first] = String(status);
  return first === "2" || first === "3";
}

function compareAnswer(
  diff: OperationDiff,
  { before, after }: Sides<Answer>,
): void {
  compareHeaders(diff, before, after);
  const status = String(after.status);
  if (before.media.length > 0 && after.media.length === 0) {
    diff.add({
      id: "response-body-removed",
      severity: "breaking",
      message: `the answer ${status} no longer has a body`,
      before: before.origin,
      after: after.origin,
    });
    return;
  }
  if (before.media.length === 0 && after.media.length > 0) {
    diff.add({
      id: "response-body-added",
      severity: "info",
      message: `the answer ${status} has a body now`,
      before: before.origin,
      after: after.origin,
    });
    return;
  }
  compareMedia(diff, before.media, after.media, "response", status);
}

function compareHeaders(
  diff: OperationDiff,
  before: Answer,
  after: Answer,
): void {
  const status = String(after.status);
  for (const old of before.headers) {
    const now = after.headers.find(({ name }) => name === old.name);
    if (now) compareHeader(diff, { before: old, after: now }, status);
    else {
      diff.add({
        id: old.required
          ? "response-header-required-removed"
          : "response-header-removed",
        severity: old.required ? "breaking" : "warning",
        message: `the header \`${old.name}\` of the answer ${status} is gone`,
        before: old.origin,
        after: after.origin,
      });
    }
  }
  for (const now of after.headers) {
    if (before.headers.some(({ name }) => name === now.name)) continue;
    diff.add({
      id: "response-header-added",
      severity: "info",
      message: `the header \`${now.name}\` of the answer ${status} is new`,
      before: before.origin,
      after: now.origin,
    });
  }
}

function compareHeader(
  diff: OperationDiff,
  { before, after }: Sides<Header>,
  status: string,
): void {
  const name = `the header \`${after.name}\` of the answer ${status}`;
  const say = (id: string, severity: "breaking" | "info", message: string) =>
    diff.add({
      id: `response-header-${id}`,
      severity,
      message: `${name} ${message}`,
      before: before.origin,
      after: after.origin,
    });
  if (before.required && !after.required)
    say("became-optional", "breaking", "may be missing now");
  if (!before.required && after.required)
    say("became-required", "info", "is always there now");
  if (!before.doc.deprecated && after.doc.deprecated)
    say("deprecated", "info", "is deprecated");
  if (before.content !== after.content)
    say("content-type-changed", "breaking", "is written in another media type");
  if (before.explode !== after.explode)
    say("explode-changed", "breaking", "is written in another way");
  const writing = after.content === undefined ? "text" : "json";
  diff.schema("response-header", name, before.schema, after.schema, writing);
}
