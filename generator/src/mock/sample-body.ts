/** Room `mock`: the body of an answer, from its examples, else made from its schema. */
import type { Json } from "../load/document.js";
import type { Media, PagedAnswer } from "../model/api.js";
import type { Sampler } from "../sample/sample.js";
import type { Choice } from "./choose-answer.js";

/** A body as handlers give it, or the reason why there is none. */
export type SampledBody =
  { body: unknown; total?: number } | { unsatisfiable: true };

/** The page that a client asks for. */
export interface AskedPage {
  limit: number;
  offset?: number;
}

/** Items of a stream. */
const ROUNDS = 3;
/** Opens a PNG of one transparent pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

export function sampleBody(
  { answer, status, media, preference }: Choice,
  sampler: Sampler,
  page: AskedPage | undefined,
): SampledBody {
  if (media === undefined) return { body: undefined };
  if (media.codec === "events" || media.codec === "lines") {
    return sampleStream(media, preference.example, sampler);
  }
  if (media.codec !== "json") {
    return { body: sampleText(media, preference.example, sampler) };
  }
  const value = sampleJson(media, preference.example, sampler);
  if (value === undefined) return { unsatisfiable: true };
  if (answer.paged) return pageOf(value, answer.paged, page);
  if (media.type.startsWith("application/problem+json")) {
    return { body: asProblem(value, status, media, sampler) };
  }
  return { body: value };
}

/** A named example is what somebody asked for; any other one has to be valid. */
function sampleJson(
  { examples, schema }: Media,
  named: string | undefined,
  sampler: Sampler,
): Json | undefined {
  const wanted = examples.find(({ name }) => name === named)?.value;
  const valid = examples.find(({ value }) =>
    sampler.isValid(schema, value, "response"),
  );
  const usual = valid?.value ?? sampler.sample(schema, "response");
  if (wanted === undefined) return usual;
  // what is of another kind than the contract has would be left out as a whole
  return usual === undefined || kindOf(wanted) === kindOf(usual)
    ? wanted
    : usual;
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "object" && value !== null ? "object" : "scalar";
}

/** The facts of a problem are those of the answer that it comes with (RFC 9457, section 3.1.3). */
function asProblem(
  value: Json,
  status: number,
  { schema }: Media,
  sampler: Sampler,
): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value;
  }
  const { type: _type, title: _title, ...rest } = value;
  const told = { ...rest, type: "about:blank", status };
  const filled = { ...told, title: "Sample" };
  if (!sampler.isValid(schema, filled, "response")) return value;
  // the runtime knows the title
  return told;
}

/** Handlers of pages give the items, the runtime makes the rest. */
function pageOf(
  value: Json,
  { items, total }: PagedAnswer,
  page: AskedPage | undefined,
): SampledBody {
  let found: Json | undefined = value;
  for (const { name } of items) {
    found = isMap(found) ? found[name] : undefined;
  }
  const list = Array.isArray(found) ? found : [];
  const from = page?.offset ?? 0;
  const body = list.slice(from, from + (page?.limit ?? list.length));
  return total === "none" ? { body } : { body, total: list.length };
}

function isMap(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text, and bytes of whatever kind. */
function sampleText(
  { type, codec, schema, examples }: Media,
  named: string | undefined,
  sampler: Sampler,
): string | Uint8Array {
  const chosen =
    examples.find(({ name }) => name === named)?.value ?? examples[0]?.value;
  if (typeof chosen === "string") return chosen;
  if (/^image\/(?:png|\*)/.test(type)) return Buffer.from(PIXEL, "base64");
  const value = chosen ?? sampler.sample(schema, "response") ?? "sample";
  if (typeof value === "string") return value;
  if (codec === "form" && isMap(value)) {
    const pairs = Object.entries(value).map(
      ([name, each]): [string, string] => [
        name,
        typeof each === "string" ? each : JSON.stringify(each),
      ],
    );
    return new URLSearchParams(pairs).toString();
  }
  if (/xml\b/.test(type)) return "<sample/>";
  return JSON.stringify(value);
}

/** A few items, and then the end. Where items are described the runtime writes them. */
function sampleStream(
  { codec, schema, item, examples }: Media,
  named: string | undefined,
  sampler: Sampler,
): SampledBody {
  const value = sampler.sample(item ?? schema, "response");
  if (item !== undefined) {
    return value === undefined
      ? { unsatisfiable: true }
      : { body: rounds(value) };
  }
  const chosen =
    examples.find(({ name }) => name === named)?.value ?? examples[0]?.value;
  if (typeof chosen === "string") return { body: chosen };
  if (value === undefined) return { unsatisfiable: true };
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return {
    body: rounds(
      codec === "events"
        ? `${text.replaceAll(/^/gm, "data: ")}\n\n`
        : `${text}\n`,
    ),
  };
}

async function* rounds<T>(item: T): AsyncGenerator<T> {
  for (let round = 0; round < ROUNDS; round++) {
    // each in a turn of its own, as a service would have it
    await Promise.resolve();
    yield item;
  }
}
