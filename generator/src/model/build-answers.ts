/** Room `model`: the responses of an operation. */
import type { Answer, StatusKey } from "./api.js";
import { below } from "./below.js";
import { buildHeaders } from "./build-headers.js";
import { buildLinks } from "./build-links.js";
import { buildMedia } from "./build-media.js";
import { statedProblems } from "./build-problems.js";
import { dereference, type Place } from "./dereference.js";
import type { HttpContext } from "./http-context.js";
import { objectMember } from "./member.js";

/** An operation that declares no response may answer any status without a body. */
export function buildAnswers(operation: Place, context: HttpContext): Answer[] {
  const answers = new Map<StatusKey, Answer>();
  for (const [key, value] of Object.entries(
    objectMember(operation.node, "responses") ?? {},
  )) {
    const status = readStatus(key);
    if (status === undefined || answers.has(status)) continue;
    const origin = below(operation.origin, "responses", key);
    const place = dereference(context.document, value, origin);
    const problems = place && statedProblems(place.node);
    answers.set(status, {
      status,
      headers: place ? buildHeaders(place, context) : [],
      media: place ? buildAnswerMedia(status, place, context) : [],
      links: place ? buildLinks(place, context) : [],
      ...(problems !== undefined && { problems }),
      doc: place?.doc ?? {},
      origin: place?.origin ?? origin,
    });
  }
  if (answers.size === 0) {
    return [
      {
        status: "default",
        headers: [],
        media: [],
        links: [],
        doc: {},
        origin: operation.origin,
      },
    ];
  }
  return [...answers.values()];
}

function readStatus(key: string): StatusKey | undefined {
  if (/^[1-5]\d\d$/.test(key)) return Number(key);
  switch (key.toUpperCase()) {
    case "1XX":
      return "1XX";
    case "2XX":
      return "2XX";
    case "3XX":
      return "3XX";
    case "4XX":
      return "4XX";
    case "5XX":
      return "5XX";
    case "DEFAULT":
      return "default";
  }
  return undefined;
}

/** RFC 9110 sections 15.2, 15.3.5, 15.3.6 and 15.4.5: these have no content, whatever the document says. */
function buildAnswerMedia(
  status: StatusKey,
  place: Place,
  context: HttpContext,
): Answer["media"] {
  const media = buildMedia(place, context);
  const bodiless =
    status === "1XX" ||
    status === 204 ||
    status === 205 ||
    status === 304 ||
    (typeof status === "number" && status < 200);
  if (!bodiless || media.length === 0) return media;
  context.diagnostics.warning(
    "KT2102",
    below(place.origin, "content"),
    `an answer with status ${status} has no body; its \`content\` is ignored`,
    { help: "remove `content`, or use a status that carries a body" },
  );
  return [];
}
