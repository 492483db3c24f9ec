/** Room `client`: the types of calls, computed from the operations of `contract.ts`. */

/** The members of `T` that are declared at all. */
type Declared<T> = [NonNullable<T>] extends [never] ? never : NonNullable<T>;

/** `Keys` may be left out: the service has a default for them. */
type WithOptional<T, Keys extends PropertyKey> = Omit<T, Keys> &
  Partial<Pick<T, Extract<keyof T, Keys>>>;

type Member<Operation, Name extends string> = Operation extends {
  [Key in Name]?: infer Value;
}
  ? Declared<Value>
  : never;

type Place<
  Operation,
  Name extends string,
  Defaults extends string,
> = Operation extends { parameters: infer Parameters }
  ? [Member<Parameters, Name>] extends [never]
    ? never
    : WithOptional<Member<Parameters, Name>, Defaults>
  : never;

/** A member that is required only where something in it is. */
type Slot<Name extends string, Value> = [Value] extends [never]
  ? unknown
  : {} extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

type Content<Body> = Body extends { content: infer Types }
  ? { [Type in keyof Types]: Types[Type] }[keyof Types]
  : never;

type ContentType<Body> = Body extends { content: infer Types }
  ? keyof Types & string
  : never;

type BodySlot<Operation> = Operation extends { requestBody: infer Body }
  ? [Declared<Body>] extends [never]
    ? unknown
    : { body: Content<Body>; contentType?: ContentType<Body> }
  : Operation extends { requestBody?: infer Body }
    ? [Declared<Body>] extends [never]
      ? unknown
      : {
          body?: Content<Declared<Body>>;
          contentType?: ContentType<Declared<Body>>;
        }
    : unknown;

/** What a caller gives: only what the operation has. `Defaults`: query parameters that may be left out. */
export type CallInput<Operation, Defaults extends string = never> = Slot<
  "params",
  Place<Operation, "path", never>
> &
  Slot<"query", Place<Operation, "query", Defaults>> &
  Slot<"headers", Place<Operation, "header", Defaults>> &
  Slot<"cookies", Place<Operation, "cookie", Defaults>> &
  BodySlot<Operation> & {
    /** Ends the call. */
    signal?: AbortSignal;
    /** Media types of the answer, as `Accept` has them; all that are declared where nothing is said. */
    accept?: string;
  };

type Answers<Operation> = Operation extends { responses: infer Responses }
  ? Responses
  : never;

type AnswerContent<Answer> = Answer extends { content: infer Types }
  ? [keyof Types] extends [never]
    ? undefined
    : { [Type in keyof Types]: Types[Type] }[keyof Types]
  : undefined;

/** A union by status, for the caller to switch on. Ranges and `default` have the status as a number. */
export type ClientAnswer<Operation> = {
  [Status in keyof Answers<Operation>]: {
    status: Status extends number ? Status : number;
    body: AnswerContent<Answers<Operation>[Status]>;
    headers: Headers;
  };
}[keyof Answers<Operation>];

/** One operation as a function. Rejects only where there is no answer at all. */
export type Call<Operation, Defaults extends string = never> =
  {} extends CallInput<Operation, Defaults>
    ? (
        input?: CallInput<Operation, Defaults>,
      ) => Promise<ClientAnswer<Operation>>
    : (
        input: CallInput<Operation, Defaults>,
      ) => Promise<ClientAnswer<Operation>>;
