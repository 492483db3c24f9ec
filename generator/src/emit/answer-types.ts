/** Room `emit`: the types of what an operation may answer: a branch for each status and media type. */
import type { Answer, Header, Operation, StatusKey } from "../model/api.js";
import type { OperationNames } from "../name/layout.js";
import { possibleTypes } from "./check/types.js";
import { type Code, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { mediaType } from "./media-type.js";
import {
  bodyOfHandler,
  headersOfPolicies,
  pagingMembers,
  sparseType,
} from "./policy-types.js";
import { isAnything } from "./project/shape.js";
import { rtType } from "./runtime-symbols.js";
import {
  index,
  objectType,
  propertyKey,
  typeArgument,
  typeArguments,
  unionArgument,
} from "./syntax.js";

/** One branch for each status and media type. */
export function answerTypes(
  context: EmitContext,
  operation: Operation,
  names: OperationNames,
  contract: Code,
): Code[] {
  return operation.answers.flatMap((answer) => {
    const status = statusType(operation.answers, answer.status);
    const at = index(contract, "responses");
    const own =
      typeof answer.status === "number"
        ? ts`${at}[${answer.status}]`
        : index(at, answer.status);
    const content = index(own, "content");
    const brand = ts`readonly __op?: ${names.constant}`;
    const headers = headersMember(
      context,
      answer.headers,
      headersOfPolicies(operation),
      own,
    );
    if (answer.media.length === 0 || isBodiless(answer.status)) {
      return [
        objectType([ts`status: ${status}`, ts`body?: never`, headers, brand]),
      ];
    }
    return answer.media.map((media, order) => {
      const whole = mediaType(context, media, content);
      const body = sparseType(bodyOfHandler(whole, answer), answer, operation);
      const parts = [ts`status: ${status}`, ts`body: ${body}`, headers];
      if (answer.paged) {
        parts.push(...pagingMembers(answer.paged, names.constant));
      }
      if (answer.media.length > 1) {
        parts.push(
          order === 0 ? ts`type?: ${media.type}` : ts`type: ${media.type}`,
        );
      }
      return objectType([...parts, brand]);
    });
  });
}

/** RFC 9110 sections 15.2, 15.3.5, 15.3.6 and 15.4.5: no content whatever the document says. */
export function isBodiless(status: StatusKey): boolean {
  return (
    status === 204 ||
    status === 205 ||
    status === 304 ||
    status === "1XX" ||
    (typeof status === "number" && status < 200)
  );
}

/** `default` and ranges stand for the registered statuses that are not declared otherwise. */
export function statusType(
  answers: readonly Answer[],
  status: StatusKey,
): Code {
  if (typeof status === "number") return ts`${status}`;
  const numbers = answers
    .map((answer) => answer.status)
    .filter((each) => typeof each === "number")
    .filter(
      (each) =>
        status === "default" || `${Math.floor(each / 100)}XX` === status,
    );
  const ranges =
    status === "default"
      ? answers
          .map((answer) => answer.status)
          .filter((each) => typeof each === "string" && each !== "default")
      : [];
  const excluded = [
    ...numbers.map((each) => ts`${each}`),
    ...ranges.map((each) => ts`${rtType.StatusOf}<${each}>`),
  ];
  const all = ts`${rtType.StatusOf}<${status}>`;
  if (excluded.length === 0) return all;
  return typeArguments(name("Exclude"), [all, unionArgument(excluded)]);
}

/** `own`: headers that the runtime writes where the handler does not. `answer`: its place in the contract. */
function headersMember(
  context: EmitContext,
  headers: readonly Header[],
  own: ReadonlySet<string>,
  answer: Code,
): Code {
  const isNeeded = ({ name: header, required }: Header) =>
    required && !own.has(header);
  if (headers.length === 0) return ts`headers?: Record<string, never>`;
  const type = objectType(
    headers.map((header) => {
      const key = propertyKey(header.name);
      const value = headerType(context, header, answer);
      return isNeeded(header) ? ts`${key}: ${value}` : ts`${key}?: ${value}`;
    }),
  );
  return headers.some(isNeeded) ? ts`headers: ${type}` : ts`headers?: ${type}`;
}

/** As the schema has it; plain scalars by their names, everything else by its place in the contract. */
function headerType(
  context: EmitContext,
  { name: header, schema }: Header,
  answer: Code,
): Code {
  if (header === "set-cookie") return ts`string | readonly string[]`;
  const types = [...possibleTypes(context, schema)];
  const [only] = types;
  if (isAnything(schema)) return ts`string | number | boolean`;
  if (schema.values === undefined && types.length === 1) {
    if (only === "integer" || only === "number") return ts`number`;
    if (only === "boolean") return ts`boolean`;
    if (only === "string" && schema.refs.length + schema.all.length === 0) {
      return ts`string`;
    }
  }
  const member = index(index(answer, "headers"), header);
  return typeArgument(name("NonNullable"), member);
}
