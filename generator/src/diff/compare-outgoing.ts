/** Room `diff`: what the service sends of its own: webhooks and callbacks, as their receivers see them. */
import type { Api, Media, Operation, Outgoing } from "../model/api.js";
import type { Sides, TouchedOperation } from "./change.js";
import type { DiffContext } from "./compare-operation.js";
import type { Entry, Part } from "./ledger.js";

/** Directions are turned round: receivers read what is sent, and write what is answered. */
export function compareOutgoing(
  { before, after }: Sides<Api>,
  context: DiffContext,
  keyOf: (operation: Operation) => string,
): void {
  const key = ({ operation, of }: Outgoing) =>
    `${of ? keyOf(of) : ""} ${operation.method} ${operation.path}`;
  const { pairs, left } = pairUp(before.outgoing, after.outgoing, key);
  const owners = new Set(
    after.groups.flatMap(({ operations }) => operations.map(keyOf)),
  );
  for (const [old, other] of pairs) {
    if (other) compareOne(old, other, context);
    // What its operation is gone with is told of that operation.
    else if (!old.of || owners.has(keyOf(old.of))) {
      context.ledger.add(
        {
          id: `${kindOf(old)}-removed`,
          severity: "breaking",
          message: `${nameOf(old)} is no longer sent`,
          before: old.operation.origin,
          after: after.origin,
        },
        { before: old.operation },
      );
    }
  }
  const known = new Set(
    before.groups.flatMap(({ operations }) => operations.map(keyOf)),
  );
  for (const each of left) {
    if (each.of && !known.has(keyOf(each.of))) continue;
    context.ledger.add(
      {
        id: `${kindOf(each)}-added`,
        severity: "info",
        message: `${nameOf(each)} is sent now`,
        before: before.origin,
        after: each.operation.origin,
      },
      { after: each.operation },
    );
  }
}

/** Callbacks of one operation may go to the same place: those of the same name first, then the others in their order. */
function pairUp(
  before: readonly Outgoing[],
  after: readonly Outgoing[],
  keyOf: (each: Outgoing) => string,
): { pairs: [Outgoing, Outgoing | undefined][]; left: Set<Outgoing> } {
  const left = new Set(after);
  const partners = new Map<Outgoing, Outgoing>();
  const byKey = new Map<string, Outgoing[]>();
  for (const each of after) {
    const key = keyOf(each);
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  for (const isPartner of [
    (old: Outgoing, now: Outgoing) => old.name === now.name,
    () => true,
  ]) {
    for (const old of before) {
      if (partners.has(old)) continue;
      const candidates = byKey.get(keyOf(old)) ?? [];
      const now = candidates.find(
        (each) => left.has(each) && isPartner(old, each),
      );
      if (now === undefined) continue;
      partners.set(old, now);
      left.delete(now);
    }
  }
  return { pairs: before.map((old) => [old, partners.get(old)]), left };
}

function compareOne(
  old: Outgoing,
  now: Outgoing,
  { ledger, schemas }: DiffContext,
): void {
  const touched: TouchedOperation = {
    before: old.operation,
    after: now.operation,
  };
  const kind = kindOf(now);
  const name = nameOf(now);
  const say = (
    id: string,
    severity: Entry["severity"],
    message: string,
    origins: Pick<Entry, "before" | "after"> = {
      before: old.operation.origin,
      after: now.operation.origin,
    },
  ) =>
    ledger.add(
      {
        id: `${kind}-${id}`,
        severity,
        message: `${name} ${message}`,
        ...origins,
      },
      touched,
    );
  const compareMedia = (
    part: Part,
    what: string,
    before: readonly Media[],
    after: readonly Media[],
  ) => {
    const compare = schemas[part === "request-body" ? "request" : "response"];
    for (const one of before) {
      const two = after.find(({ type }) => type === one.type);
      if (two === undefined) continue;
      const places = { before: one.schema.origin, after: two.schema.origin };
      const pair = compare([one.schema], [two.schema], places, "json");
      ledger.addSchema(part, `${name}, ${what}`, pair, touched);
    }
  };

  const [sent = [], sends = []] = [
    old.operation.body?.media,
    now.operation.body?.media,
  ];
  compareMedia("response-body", "its body", sent, sends);
  for (const { type, origin } of sends) {
    if (sent.some((each) => each.type === type)) continue;
    const severity = sent.length === 0 ? "info" : "warning";
    say("media-type-added", severity, `may be sent as \`${type}\` now`, {
      before: old.operation.origin,
      after: origin,
    });
  }
  for (const { type, origin } of sent) {
    if (sends.some((each) => each.type === type)) continue;
    say("media-type-removed", "breaking", `is no longer sent as \`${type}\``, {
      before: origin,
      after: now.operation.origin,
    });
  }
  for (const param of old.operation.params) {
    const other = now.operation.params.find(
      (each) => each.in === param.in && each.name === param.name,
    );
    if (other === undefined || (param.required && !other.required)) {
      say(
        "parameter-removed",
        param.required ? "breaking" : "warning",
        `${other ? "may come without" : "no longer has"} the ${param.in} parameter \`${param.name}\``,
        { before: param.origin, after: (other ?? now.operation).origin },
      );
    }
    if (other === undefined) continue;
    const places = { before: param.schema.origin, after: other.schema.origin };
    const writing = other.content === undefined ? "text" : "json";
    const pair = schemas.response(
      [param.schema],
      [other.schema],
      places,
      writing,
    );
    const place = `${name}, the ${param.in} parameter \`${param.name}\``;
    ledger.addSchema("response-header", place, pair, touched);
  }
  for (const answer of old.operation.answers) {
    const other = now.operation.answers.find(
      ({ status }) => status === answer.status,
    );
    if (other) {
      const what = `the answer ${String(answer.status)} to it`;
      compareMedia("request-body", what, answer.media, other.media);
    } else {
      say(
        "answer-removed",
        /^[23]/.test(String(answer.status)) ? "breaking" : "info",
        `may no longer be answered with ${String(answer.status)}`,
        { before: answer.origin, after: now.operation.origin },
      );
    }
  }
}

function kindOf({ of }: Outgoing): "webhook" | "callback" {
  return of ? "callback" : "webhook";
}

function nameOf({ operation, of }: Outgoing): string {
  return of
    ? `the callback \`${operation.method} ${operation.path}\` of \`${of.method} ${of.path}\``
    : `the webhook \`${operation.path}\` (${operation.method})`;
}
