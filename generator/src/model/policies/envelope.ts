/** Room `model`: answers whose handlers give the data only: `x-envelope`. */
import type { Json } from "../../load/document.js";
import type { Answer, Operation, StatusKey } from "../api.js";
import { isObject, member, textMember } from "../member.js";
import type { Field, Schema } from "../schema.js";
import type { Extension, PolicyPlace } from "./policy-place.js";
import { fieldsOf, isOfType, settledValue } from "./schema-fields.js";

/** What the runtime knows of an answer beside its data. */
export type MetaFact = "requestId" | "time";

export interface Envelope {
  answers: EnvelopedAnswer[];
}

export interface EnvelopedAnswer {
  status: StatusKey;
  /** The member that the handler's answer becomes; absent where pagination has put it there. */
  data?: string;
  /** Members with one possible value. */
  fixed: { at: string[]; value: Json }[];
  facts: { at: string[]; fact: MetaFact }[];
}

/** Usual names, compared in lower case and without punctuation. */
const FACTS: Record<MetaFact, RegExp> = {
  requestId: /^(?:requestid|correlationid)$/,
  time: /^(?:timestamp|time|generatedat|respondedat|servertime)$/,
};

function metaFactOf(
  { name, schema }: Field,
  { models }: Pick<PolicyPlace, "models">,
): MetaFact | undefined {
  if (!isOfType(schema, "string", models)) return undefined;
  const word = name.toLowerCase().replace(/[^a-z]/g, "");
  return (["requestId", "time"] as const).find((fact) =>
    FACTS[fact].test(word),
  );
}

/** The names of its two members; `undefined` where there is none, or it is not understood. */
export function envelopeNames(
  extension: Extension | undefined,
): { data: string; meta: string | undefined } | undefined {
  if (extension === undefined) return undefined;
  const { value } = extension;
  if (value === true) return { data: "data", meta: "meta" };
  const data = isObject(value) ? textMember(value, "data") : undefined;
  const meta = isObject(value) ? member(value, "meta") : undefined;
  if (data === undefined) return undefined;
  if (meta !== undefined && typeof meta !== "string") return undefined;
  return { data, meta };
}

/** Whether the envelope writes the member at `at`, so that pagination need not know it. */
export function isOfEnvelope(
  at: readonly string[],
  schema: Schema,
  meta: string | undefined,
  place: Pick<PolicyPlace, "models">,
): boolean {
  const [holder, name = "", ...more] = at;
  if (meta === undefined || holder !== meta || more.length > 0) return false;
  const inside = fieldsOf(schema, place.models).get(meta)?.schema;
  const field = inside && fieldsOf(inside, place.models).get(name);
  return field !== undefined && metaFactOf(field, place) !== undefined;
}

export function buildEnvelope(
  place: PolicyPlace,
  operation: Operation,
): Envelope | undefined {
  const extension = place.nearest("x-envelope");
  if (extension === undefined || extension.value === false) return undefined;
  const names = envelopeNames(extension);
  if (names === undefined) {
    place.refuse(
      extension,
      "it names no member for the data",
      "write `{ data: data, meta: meta }`, or `false` to switch an inherited one off",
    );
    return undefined;
  }
  const answers: EnvelopedAnswer[] = [];
  for (const answer of operation.answers) {
    const [media, ...others] = answer.media;
    if (!isSuccess(answer.status) || media?.codec !== "json") continue;
    if (others.length > 0) continue;
    const made = envelop(place, extension, names, answer, media.schema);
    if (made === undefined) continue;
    answers.push(made);
    const { conditional } = operation.policies;
    // What differs from answer to answer is none of what a strong tag vouches for (RFC 9110 8.8.1).
    if (made.facts.length > 0 && conditional?.etag === "strong") {
      conditional.etag = "weak";
    }
  }
  return answers.length > 0 ? { answers } : undefined;
}

function envelop(
  place: PolicyPlace,
  { name }: Extension,
  names: { data: string; meta: string | undefined },
  answer: Answer,
  schema: Schema,
): EnvelopedAnswer | undefined {
  const { models } = place;
  const fields = fieldsOf(schema, models);
  const data = fields.get(names.data);
  const refuse = (what: string, help: string): undefined => {
    place.refuse({ name, origin: answer.origin }, what, help);
  };
  if (data === undefined) {
    return refuse(
      `the ${answer.status} answer declares no member \`${names.data}\``,
      "declare the envelope in the schema, which is what clients see; or write `x-envelope: false`",
    );
  }
  const made: EnvelopedAnswer = { status: answer.status, fixed: [], facts: [] };
  const unknown = collect(place, fields, [], names, made);
  const isPaged = answer.paged !== undefined;
  // Pagination has looked at the other members already.
  if (isPaged) made.fixed = [];
  else if (unknown !== undefined) {
    return refuse(
      `nothing is known that could be written to the required member \`${unknown}\``,
      "give it a `const` or a `default`, or make it optional",
    );
  }
  if (!isPaged) {
    made.data = names.data;
    answer.paged = {
      items: [{ name: names.data, optional: !data.required }],
      total: "none",
      next: "none",
    };
  }
  return made;
}

/** Gives the first required member that nobody would write. */
function collect(
  place: PolicyPlace,
  fields: ReadonlyMap<string, Field>,
  base: string[],
  names: { data: string; meta: string | undefined },
  made: EnvelopedAnswer,
): string | undefined {
  const { models } = place;
  let unknown: string | undefined;
  for (const field of fields.values()) {
    const at = [...base, field.name];
    if (base.length === 0 && field.name === names.data) continue;
    const fact = base.length > 0 ? metaFactOf(field, place) : undefined;
    const value = settledValue(field.schema, models);
    if (base.length === 0 && field.name === names.meta) {
      const inner = fieldsOf(field.schema, models);
      unknown ??= collect(place, inner, at, names, made);
      if (field.required && made.facts.length + made.fixed.length === 0) {
        made.fixed.push({ at, value: {} });
      }
    } else if (
      fact !== undefined &&
      !made.facts.some((known) => known.fact === fact)
    ) {
      made.facts.push({ at, fact });
    } else if (!field.required) continue;
    else if (value !== undefined) made.fixed.push({ at, value });
    else if (isOfType(field.schema, "null", models)) {
      made.fixed.push({ at, value: null });
    } else unknown ??= at.join(".");
  }
  return unknown;
}

function isSuccess(status: StatusKey): boolean {
  return (
    status === "2XX" ||
    (typeof status === "number" && status >= 200 && status < 300)
  );
}
