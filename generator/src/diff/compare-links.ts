/** Room `diff`: where clients may go from an answer. */
import type { AnswerLink } from "../model/api.js";
import type { OperationDiff } from "./compare-operation.js";
import { jsonKey } from "./shape.js";

/** Links are advice: whoever follows one that is gone has to find another way. */
export function compareLinks({ before, after, add }: OperationDiff): void {
  for (const answer of after.answers) {
    const old =
      before.answers.find(({ status }) => status === answer.status)?.links ??
      [];
    const name = (rel: string) =>
      `the link \`${rel}\` of the answer ${String(answer.status)}`;
    for (const link of old) {
      const now = answer.links.find(({ rel }) => rel === link.rel);
      if (now && keyOf(now) === keyOf(link)) continue;
      add({
        id: now ? "link-changed" : "link-removed",
        severity: "warning",
        message: `${name(link.rel)} ${now ? "leads elsewhere" : "is gone"}`,
        before: link.origin,
        after: (now ?? answer).origin,
      });
    }
    for (const link of answer.links) {
      if (old.some(({ rel }) => rel === link.rel)) continue;
      add({
        id: "link-added",
        severity: "info",
        message: `${name(link.rel)} is new`,
        before: before.origin,
        after: link.origin,
      });
    }
  }
}

function keyOf({ target, parameters }: AnswerLink): string {
  const given = parameters.map(({ name, value }) =>
    JSON.stringify([name, value]),
  );
  return jsonKey([JSON.stringify(target), ...given.sort()]);
}
