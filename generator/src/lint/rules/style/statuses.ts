/** Room `lint`: creating, deleting and accepting say so by their status and headers. */
import { isObject, member, textMember } from "../../../load/member.js";
import type { JsonObject } from "../../../load/document.js";
import { below } from "../../below.js";
import type { Rule, RuleContext, Standing } from "../../rule.js";
import { shorten } from "../../shorten.js";

export const statuses: Rule = {
  whole(context) {
    for (const operation of context.operations) {
      const { node, origin, method, path } = operation;
      const map = member(node, "responses");
      if (path === undefined || !isObject(map)) continue;
      const answer = (status: string): Standing | undefined => {
        const value = member(map, status);
        return isObject(value)
          ? context.follow(value, below(origin, "responses", status))
          : undefined;
      };
      const shown = `${method} \`${shorten(path)}\``;
      if (method === "POST")
        checkCreated(node, answer("201"), shown, operation, context);
      if (method === "DELETE") {
        const found = answer("200");
        if (found && !answer("204") && !isFilled(found.node, "content")) {
          context.diagnostics.warning(
            "KT6006",
            found.origin,
            `${shown} answers 200 without content`,
            { help: "answer 204" },
          );
        }
      }
      const accepted = answer("202");
      if (
        accepted &&
        !hasHeader(accepted.node, /^(?:operation-)?location$|^link$/i) &&
        !isFilled(accepted.node, "links")
      ) {
        context.diagnostics.warning(
          "KT6007",
          accepted.origin,
          `${shown} answers 202 and does not say where the result will be`,
          { help: "declare a `Location` header or a link to the status" },
        );
      }
    }
  },
};

function checkCreated(
  node: JsonObject,
  created: Standing | undefined,
  shown: string,
  { origin }: Standing,
  { diagnostics }: RuleContext,
): void {
  if (created !== undefined) {
    if (hasHeader(created.node, /^location$/i)) return;
    diagnostics.warning(
      "KT6005",
      created.origin,
      `${shown} answers 201 without \`Location\``,
      { help: "declare the header `Location`: the URL of what was created" },
    );
  } else if (
    /^(?:create|add|register)/i.test(textMember(node, "operationId") ?? "")
  ) {
    diagnostics.warning(
      "KT6005",
      origin,
      `${shown} creates something and does not answer 201`,
      {
        help: "declare 201 with the header `Location`",
      },
    );
  }
}

function hasHeader(node: JsonObject, name: RegExp): boolean {
  const headers = member(node, "headers");
  return (
    isObject(headers) && Object.keys(headers).some((key) => name.test(key))
  );
}

function isFilled(node: JsonObject, key: string): boolean {
  const value = member(node, key);
  return isObject(value) && Object.keys(value).length > 0;
}
