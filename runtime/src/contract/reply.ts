/** Room `contract`: the types of `reply.*`, computed from an operation's response union. */

/** A branch of a response union: `{ status; body?; headers?; type?; total?; next? }`. */
interface Branch {
  status: number;
}

/** The branches of `Response` that `Status` may mean; a branch made from `default` or `4XX` has a union of statuses. */
type BranchOf<Response, Status> = Response extends { status: infer Declared }
  ? Status extends Declared
    ? Response
    : never
  : never;

/** Whatever stands beside the body: members that the branch itself declares, required where it requires them. */
type ExtraOf<Response> = Pick<
  Response,
  Extract<keyof Response, "headers" | "type" | "total" | "next">
>;

type StandardMember = "type" | "title" | "status" | "instance";

/** A problem body as handlers write it: the members that the runtime fills in may be left out. */
type ProblemInput<Body> = {
  [Key in keyof Body as Key extends StandardMember ? never : Key]: Body[Key];
} & {
  [Key in keyof Body as Key extends StandardMember ? Key : never]?: Body[Key];
};

type Arguments<Body, Extra> = {} extends Extra
  ? [body: Body, extra?: Extra]
  : [body: Body, extra: Extra];

/** For bodies that may be left out. */
type OptionalArguments<Body, Extra> = {} extends Extra
  ? [body?: Body, extra?: Extra]
  : [body: Body | undefined, extra: Extra];

/** One tuple for each branch. */
type PlainArguments<Response> = Response extends { body: infer Body }
  ? Arguments<Body, ExtraOf<Response>>
  : OptionalArguments<undefined, ExtraOf<Response>>;

type ProblemArguments<Response> = Response extends { body: infer Body }
  ? {} extends ProblemInput<Body>
    ? OptionalArguments<ProblemInput<Body>, ExtraOf<Response>>
    : Arguments<ProblemInput<Body>, ExtraOf<Response>>
  : OptionalArguments<undefined, ExtraOf<Response>>;

/** `reply.ok(body, extra?)`: answers with `Status` exactly as the contract declares it. */
export type ReplyWith<Response extends Branch, Status extends number> = (
  ...answer: PlainArguments<BranchOf<Response, Status>>
) => BranchOf<Response, Status>;

/** As `ReplyWith`, for `application/problem+json`: `type`, `title`, `status` and `instance` may be left out. */
export type ReplyProblem<Response extends Branch, Status extends number> = (
  ...answer: ProblemArguments<BranchOf<Response, Status>>
) => BranchOf<Response, Status>;

/** `reply.status(code, body?, extra?)`: every status that the contract allows; of `Problems` the standard members may be left out. */
export interface ReplyStatus<
  Response extends Branch,
  Problems extends number = never,
> {
  status<Status extends Response["status"]>(
    code: Status,
    ...answer: Status extends Problems
      ? ProblemArguments<BranchOf<Response, Status>>
      : PlainArguments<BranchOf<Response, Status>>
  ): BranchOf<Response, Status>;
}
