/** Room `server`: an operation after its module was loaded, with everything computed that does not depend on a request. */
import type { BodyCodec } from "../contract/body-codec.js";
import type { Operation } from "../contract/operation.js";
import type { HandlerResponse } from "../contract/policy.js";
import { type DeclaredType, declareType } from "../read/media-type.js";
import type { ResponseValidator } from "./response-validation.js";
import { negotiate } from "../write/accept.js";

export type AnyOperation = Operation<object, HandlerResponse, object>;

/** The request body of an operation. */
export interface BoundBody {
  readonly required: boolean;
  readonly declared: readonly DeclaredType[];
  readonly codecs: ReadonlyMap<string, BodyCodec>;
  /** All declared types, for `Accept-Post` and its kin. */
  readonly accepts: string;
  readonly invalid: number;
  /** Bytes of what is buffered. */
  readonly limit: number;
  /** The operation's own limit, which holds for what is not buffered too. */
  readonly ownLimit: number | undefined;
}

/** Media types of one status; `undefined` when the contract does not declare it. */
type TypesOf = readonly string[] | "unsupported" | undefined;

export interface BoundOperation {
  readonly operation: AnyOperation;
  readonly body: BoundBody | undefined;
  /** What successful answers may be made of; empty when `Accept` cannot exclude them all. */
  readonly produces: readonly string[];
  /** Whether the client takes any of `produces`. */
  isAcceptable(accept: string): boolean;
  typesOf(status: number): TypesOf;
  /** Looks at answers before they are sent, where the router asks for it. */
  validate: ResponseValidator | undefined;
}

function isOperation(value: unknown): value is AnyOperation {
  return (
    typeof value === "object" &&
    value !== null &&
    "read" in value &&
    typeof value.read === "function" &&
    "write" in value &&
    typeof value.write === "function" &&
    "reply" in value &&
    "answers" in value
  );
}

/** Takes the operation out of its group's module. */
export function bindOperation(
  module: object,
  name: string,
  bodyLimit: number,
): BoundOperation {
  const exported = new Map<string, unknown>(Object.entries(module));
  const operation = exported.get(name);
  if (!isOperation(operation)) {
    throw new Error(`the generated module exports no operation ${name}`);
  }
  const known = new Map<number, TypesOf>();
  const produces = producesOf(operation);
  let lastAccept: string | undefined;
  let lastVerdict = true;
  return {
    operation,
    body: bindBody(operation, bodyLimit),
    produces,
    validate: undefined,
    isAcceptable(accept) {
      // Clients of one operation tend to ask alike.
      if (accept !== lastAccept) {
        lastVerdict = negotiate(accept, produces) !== undefined;
        lastAccept = accept;
      }
      return lastVerdict;
    },
    typesOf(status) {
      let types = known.get(status);
      if (types === undefined && !known.has(status)) {
        types = lookUp(operation, status);
        known.set(status, types);
      }
      return types;
    },
  };
}

function lookUp({ answers }: AnyOperation, status: number): TypesOf {
  const range = `${Math.floor(status / 100)}XX`;
  return answers[status] ?? answers[range] ?? answers["default"];
}

function bindBody(
  { body }: AnyOperation,
  bodyLimit: number,
): BoundBody | undefined {
  if (body === undefined) return undefined;
  const types = Object.keys(body.media);
  return {
    required: body.required,
    declared: types.map(declareType),
    codecs: new Map(Object.entries(body.media)),
    accepts: types.join(", "),
    invalid: body.invalid ?? 400,
    limit: body.limit ?? bodyLimit,
    ownLimit: body.limit,
  };
}

function producesOf({ answers }: AnyOperation): readonly string[] {
  const entries = Object.entries(answers);
  let success = entries.filter(([status]) => /^2(?:\d\d|XX)$/i.test(status));
  if (success.length === 0) {
    success = entries.filter(([status]) => status === "default");
  }
  const types = new Set<string>();
  for (const [, declared] of success) {
    if (declared === "unsupported" || declared.length === 0) return [];
    for (const type of declared) types.add(type);
  }
  // A range of the document may turn out to be anything.
  const open = [...types].some((type) => type.includes("*"));
  return open ? [] : [...types];
}

/**
 * The media type to write: the handler's choice, else the client's, else the first. The client chooses only among
 * types of one kind, since a body that was made for one kind is none of another.
 */
export function chooseType(
  types: readonly string[],
  chosen: string | undefined,
  accept: string | undefined,
): string | undefined {
  if (chosen !== undefined) return chosen;
  const [first] = types;
  if (first === undefined || types.length === 1) return first;
  const kind = kindOf(first);
  const alike = types.filter((type) => kindOf(type) === kind);
  return negotiate(accept, alike) ?? first;
}

function kindOf(type: string): string {
  const [essence = ""] = type.split(";");
  if (/[/+]json$/i.test(essence.trim())) return "json";
  return essence.toLowerCase().startsWith("text/") ? "text" : essence;
}
