/** Room `mock`: which of the declared answers is given, and as which media type. */
import type { Answer, Media, Operation, StatusKey } from "../model/api.js";
import type { Preference } from "./prefer.js";

export interface Choice {
  answer: Answer;
  status: number;
  /** Absent: an answer without body. */
  media?: Media;
  /** As far as it was followed. */
  preference: Preference;
}

/** Undefined where the document declares no answer at all. */
export function chooseAnswer(
  { answers }: Pick<Operation, "answers">,
  preference: Preference,
  accept: string,
): Choice | undefined {
  const { code, example } = preference;
  const final = answers.filter((each) => (statusOf(each.status) ?? 0) >= 200);
  const coded = code === undefined ? undefined : declaring(final, code);
  if (coded !== undefined && code !== undefined) {
    const media = mediaOf(coded, code, accept, example);
    const followed = hasExample(media, example) ? { example } : {};
    return choice(coded, code, media, { code, ...followed });
  }
  if (example !== undefined) {
    for (const answer of inRank(final)) {
      const status = statusOf(answer.status) ?? 200;
      const media = mediaOf(answer, status, accept, example);
      if (hasExample(media, example)) {
        return choice(answer, status, media, { example });
      }
    }
  }
  const [first] = inRank(final);
  if (first === undefined) return undefined;
  const status = statusOf(first.status) ?? 200;
  return choice(first, status, mediaOf(first, status, accept, undefined), {});
}

function choice(
  answer: Answer,
  status: number,
  media: Media | undefined,
  { code, example }: { code?: number; example?: string | undefined },
): Choice {
  return {
    answer,
    status,
    ...(media && { media }),
    preference: {
      ...(code !== undefined && { code }),
      ...(example !== undefined && { example }),
    },
  };
}

/** The status to send for a declared one. */
function statusOf(status: StatusKey): number | undefined {
  if (typeof status === "number") return status;
  return status === "default" ? 200 : Number(status.charAt(0)) * 100;
}

function declaring(
  answers: readonly Answer[],
  code: number,
): Answer | undefined {
  const range = `${Math.floor(code / 100)}XX`;
  for (const key of [code, range, "default"]) {
    const found = answers.find(({ status }) => status === key);
    if (found) return found;
  }
  return undefined;
}

/** Successes first, as they are declared; `default` stands for one only where there is no other. */
function inRank(answers: readonly Answer[]): Answer[] {
  const rank = ({ status }: Answer): number => {
    if (status === "default") return 2;
    const first = Number(String(status).charAt(0));
    return first === 2 ? (typeof status === "number" ? 0 : 1) : first;
  };
  return answers.toSorted((a, b) => rank(a) - rank(b));
}

/** RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

function mediaOf(
  { media }: Answer,
  status: number,
  accept: string,
  example: string | undefined,
): Media | undefined {
  if (BODILESS.has(status)) return undefined;
  const weight = weigh(accept);
  const ranked = media
    .map((each) => ({ each, weight: weight(each.type) }))
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        Number(hasExample(b.each, example)) -
          Number(hasExample(a.each, example)) ||
        Number(a.each.typedOnly ?? false) - Number(b.each.typedOnly ?? false),
    );
  return ranked[0]?.each;
}

function hasExample(
  media: Media | undefined,
  name: string | undefined,
): boolean {
  return (
    name !== undefined &&
    (media?.examples.some((each) => each.name === name) ?? false)
  );
}

/** How much a client wants a media type: the most specific range that fits counts (RFC 9110, section 12.5.1). */
function weigh(accept: string): (type: string) => number {
  const ranges = accept
    .split(",")
    .map((text) => {
      const [range = "", ...parameters] = text.split(";");
      const quality = parameters.flatMap(
        (each) => /^\s*q\s*=\s*([01](?:\.\d*)?)\s*$/i.exec(each)?.[1] ?? [],
      );
      return {
        range: range.trim().toLowerCase(),
        quality: Number(quality[0] ?? 1),
      };
    })
    .filter(({ range }) => range !== "");
  if (ranges.length === 0) return () => 1;
  return (type) => {
    const [essence = ""] = type.split(";");
    const kin = `${essence.split("/")[0]}/*`;
    for (const wanted of [essence.trim(), kin, "*/*"]) {
      const found = ranges.find(({ range }) => range === wanted);
      if (found) return found.quality;
    }
    return 0;
  };
}
