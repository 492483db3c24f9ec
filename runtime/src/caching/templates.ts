/** Room `caching`: texts with values of a request in them: `book:{params.bookId}`. */
import type { TextTemplate } from "../contract/policies.js";
import type { Exchange } from "../contract/policy.js";
import { memberAt } from "./member-at.js";

/** `undefined` where a value is missing: a tag without it would be another tag. */
export function fillTemplate(
  template: TextTemplate,
  { request, variables, principal }: Exchange,
  response: unknown,
): string | undefined {
  let text = "";
  for (const part of template) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const root: Readonly<Record<string, unknown>> = {
      params: request?.params ?? variables,
      query: request?.query,
      headers: request?.headers,
      cookies: request?.cookies,
      body: request?.body,
      principal,
      response,
    };
    const value = memberAt(root[part.in], part.at);
    if (value === undefined || value === null) return undefined;
    // What separates parts of a tag is escaped, so that no value can make the tag of another.
    text += encodeURIComponent(
      typeof value === "object" ? JSON.stringify(value) : String(value),
    );
  }
  return text;
}
