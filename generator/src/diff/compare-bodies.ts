/** Room `diff`: what an operation takes. */
import type { Encoding, Media } from "../model/api.js";
import type { OperationDiff } from "./compare-operation.js";
import { jsonKey } from "./shape.js";

export function compareBodies(diff: OperationDiff): void {
  const { before, after } = diff;
  const old = before.body;
  const now = after.body;
  const say = (
    id: string,
    severity: "breaking" | "warning" | "info",
    message: string,
  ) =>
    diff.add({
      id: `request-body-${id}`,
      severity,
      message,
      before: old?.origin ?? before.origin,
      after: now?.origin ?? after.origin,
    });
  if (!old && now?.required)
    say(
      "required-added",
      "breaking",
      "a request body is required, which is new",
    );
  else if (!old && now)
    say("added", "info", "the operation takes a request body now");
  else if (old && !now)
    say("removed", "breaking", "the operation no longer takes a request body");
  if (!old || !now) return;
  if (!old.required && now.required)
    say("became-required", "breaking", "the request body is required now");
  if (old.required && !now.required)
    say("became-optional", "info", "the request body is no longer required");
  if (old.limit !== now.limit) {
    const less =
      (now.limit ?? Number.POSITIVE_INFINITY) <
      (old.limit ?? Number.POSITIVE_INFINITY);
    const limits = `the request body may have ${now.limit ?? "the usual number of"} bytes, which was ${old.limit ?? "the usual number"}`;
    say(
      less ? "limit-decreased" : "limit-increased",
      less ? "breaking" : "info",
      limits,
    );
  }
  compareMedia(diff, old.media, now.media, "request");
}

/** In requests a type that is gone breaks those who send it, in answers those who read it. */
export function compareMedia(
  diff: OperationDiff,
  before: readonly Media[],
  after: readonly Media[],
  direction: "request" | "response",
  status?: string,
): void {
  const part = direction === "request" ? "request-body" : "response-body";
  const name =
    direction === "request" ? "the request body" : `the answer ${status}`;
  const place = direction === "request" ? "request body" : `answer ${status}`;
  const origins = {
    before: before[0]?.origin ?? diff.before.origin,
    after: after[0]?.origin ?? diff.after.origin,
  };
  for (const old of before) {
    const now =
      after.find(({ type }) => type === old.type) ??
      after.find(({ type }) => covers(type, old.type));
    if (!now) {
      diff.add({
        id: `${part}-media-type-removed`,
        severity: "breaking",
        message: `${name} is no longer \`${old.type}\``,
        before: old.origin,
        after: origins.after,
      });
      continue;
    }
    const where =
      before.length > 1 || after.length > 1
        ? `${place} (\`${now.type}\`)`
        : place;
    diff.schema(part, where, old.schema, now.schema, "json");
    if (old.item && now.item)
      diff.schema(part, `${where}, each item`, old.item, now.item, "json");
    else if (old.item || now.item) {
      diff.add({
        id: `${part}-items-changed`,
        severity: "breaking",
        message: `${name} is ${now.item ? "a sequence of items" : "no sequence of items"} now`,
        before: old.origin,
        after: now.origin,
      });
    }
    if (encodingKey(old) !== encodingKey(now)) {
      diff.add({
        id: `${part}-encoding-changed`,
        severity: direction === "request" ? "breaking" : "warning",
        message: `the parts of ${name} are written in another way`,
        before: old.origin,
        after: now.origin,
      });
    }
  }
  for (const now of after) {
    if (before.some(({ type }) => type === now.type || covers(type, now.type)))
      continue;
    if (before.length === 0 && direction === "request") continue;
    diff.add({
      id: `${part}-media-type-added`,
      severity: "info",
      message: `${name} may be \`${now.type}\` now`,
      before: origins.before,
      after: now.origin,
    });
  }
}

/** RFC 9110 section 12.5.1: ranges of media types. */
function covers(range: string, type: string): boolean {
  const [kind = ""] = range.split(";");
  const [essence = ""] = type.split(";");
  if (kind === "*/*") return true;
  return kind.endsWith("/*") && essence.startsWith(kind.slice(0, -1));
}

/** Without the headers of parts, which are schemas of their own. */
function encodingKey({ encoding, positions }: Media): string {
  const told = ({ headers, ...rest }: Encoding & { property?: string }) => ({
    ...rest,
    headers: headers.map(({ name, required }) => [name, required]),
  });
  const named = encoding
    .map(told)
    .map((each) => JSON.stringify(each))
    .sort();
  return jsonKey([
    ...named,
    JSON.stringify(positions?.prefix.map(told) ?? []),
    JSON.stringify(positions?.item ? told(positions.item) : {}),
  ]);
}
