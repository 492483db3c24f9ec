/** Room `model`: answers that are kept (`x-caching`), and changes that make them void (`x-invalidates`). */
import type { Json } from "../../load/document.js";
import type { Operation } from "../api.js";
import { isObject, listMember, member } from "../member.js";
import { millisecondsOf } from "./duration.js";
import type { Extension, PolicyPlace } from "./policy-place.js";
import { parseTemplate, type TextTemplate } from "./text-template.js";

export interface Caching {
  /** Milliseconds. */
  ttl: number;
  stale?: number;
  scope: "public" | "principal";
  vary: TextTemplate[];
  tags: TextTemplate[];
  negotiated?: true;
}

export interface Invalidation {
  tags: TextTemplate[];
}

const READS = new Set(["GET", "HEAD", "QUERY"]);

export function buildCaching(
  place: PolicyPlace,
  operation: Operation,
): Caching | undefined {
  const extension = place.nearest("x-caching");
  if (extension === undefined || extension.value === false) return undefined;
  const own = extension.level === "operation";
  if (!READS.has(operation.method)) {
    if (own) {
      place.refuse(
        extension,
        `a ${operation.method} is not answered from what is kept`,
        "name what it makes void in `x-invalidates`",
      );
    }
    return undefined;
  }
  const { value } = extension;
  const ttl = millisecondsOf(isObject(value) ? member(value, "ttl") : value);
  if (ttl === undefined || ttl === 0) {
    place.refuse(extension, "it has no `ttl`", "for example `{ ttl: 60s }`");
    return undefined;
  }
  const scope = isObject(value) ? member(value, "scope") : undefined;
  if (scope !== undefined && scope !== "public" && scope !== "principal") {
    place.refuse(
      extension,
      "its `scope` is neither public nor principal",
      "`principal` keeps an answer for each principal by itself",
    );
    return undefined;
  }
  const vary = templates(place, extension, value, "vary", operation);
  const tags = templates(place, extension, value, "tags", operation);
  if (vary === undefined || tags === undefined) return undefined;
  if (
    tags
      .flat()
      .some((part) => typeof part === "object" && part.in === "response")
  ) {
    place.refuse(
      extension,
      "tags are needed before there is an answer",
      "make them from the request",
    );
    return undefined;
  }
  const stale = isObject(value)
    ? millisecondsOf(member(value, "staleWhileRevalidate"))
    : undefined;
  const types = operation.answers
    .filter(
      ({ status }) =>
        status === "2XX" || (typeof status === "number" && status < 300),
    )
    .map(({ media }) => media.length);
  return {
    ttl,
    ...(stale === undefined ? {} : { stale }),
    scope: scope ?? "principal",
    vary,
    tags,
    ...(Math.max(0, ...types) > 1 ? { negotiated: true } : {}),
  };
}

export function buildInvalidation(
  place: PolicyPlace,
  operation: Operation,
): Invalidation | undefined {
  const extension = place.own("x-invalidates");
  if (extension === undefined) return undefined;
  const { value } = extension;
  const list = typeof value === "string" ? [value] : value;
  const tags = templates(place, extension, { tags: list }, "tags", operation);
  if (tags === undefined) return undefined;
  if (tags.length > 0) return { tags };
  place.refuse(
    extension,
    "it names no tags",
    'for example `["book:{params.bookId}"]`',
  );
  return undefined;
}

function templates(
  place: PolicyPlace,
  extension: Extension,
  value: Json,
  name: "vary" | "tags",
  operation: Operation,
): TextTemplate[] | undefined {
  const found: TextTemplate[] = [];
  if (!isObject(value)) return found;
  for (const text of listMember(value, name)) {
    const template =
      typeof text === "string"
        ? parseTemplate(text, operation)
        : { fault: "it is no text" };
    if ("fault" in template) {
      // Inherited, it may speak of parameters that only some operations have.
      if (extension.level === "operation") {
        place.refuse(
          extension,
          `in \`${name}\`: ${template.fault}`,
          "values are `{params.name}`, `{query.name}`, `{headers.name}`, `{body.name}` or runtime expressions",
        );
      }
      return undefined;
    }
    found.push(template);
  }
  return found;
}
