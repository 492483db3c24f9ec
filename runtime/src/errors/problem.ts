/** Room `errors`: RFC 9457 problems as throwable errors. */
import { phraseOf } from "./catalogue.js";

/** Members of the problem document; others than these are extension members. */
export interface ProblemFields {
  type?: string;
  title?: string;
  detail?: string;
  instance?: string;
  [extension: string]: unknown;
}

export interface ProblemOptions {
  /** Logged, never sent. */
  cause?: unknown;
  /** Sent beside the problem, such as `Retry-After`. */
  headers?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** A problem on its way to the client. `status` and `headers` bear the names that Koa knows. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly fields: ProblemFields;
  readonly headers: NonNullable<ProblemOptions["headers"]>;

  constructor(
    status: number,
    fields: ProblemFields = {},
    options: ProblemOptions = {},
  ) {
    const { detail } = fields;
    const phrase = phraseOf(status);
    super(
      detail === undefined ? phrase : `${phrase}: ${detail}`,
      "cause" in options ? { cause: options.cause } : undefined,
    );
    this.status = status;
    this.fields = fields;
    this.headers = options.headers ?? {};
  }
}

/** A problem as far as the client is concerned. */
export type PlainProblem = Pick<Problem, "status" | "fields" | "headers">;

type MakeProblem = (
  fields?: ProblemFields,
  options?: ProblemOptions,
) => Problem;

function of(status: number): MakeProblem {
  return (fields, options) => new Problem(status, fields, options);
}

/** One maker for each error status of the IANA registry, and `status` for the others: `throw problem.notFound({ detail })`. */
export const problem = {
  badRequest: of(400),
  unauthorized: of(401),
  paymentRequired: of(402),
  forbidden: of(403),
  notFound: of(404),
  methodNotAllowed: of(405),
  notAcceptable: of(406),
  proxyAuthenticationRequired: of(407),
  requestTimeout: of(408),
  conflict: of(409),
  gone: of(410),
  lengthRequired: of(411),
  preconditionFailed: of(412),
  contentTooLarge: of(413),
  uriTooLong: of(414),
  unsupportedMediaType: of(415),
  rangeNotSatisfiable: of(416),
  expectationFailed: of(417),
  misdirectedRequest: of(421),
  unprocessableContent: of(422),
  locked: of(423),
  failedDependency: of(424),
  tooEarly: of(425),
  upgradeRequired: of(426),
  preconditionRequired: of(428),
  tooManyRequests: of(429),
  requestHeaderFieldsTooLarge: of(431),
  unavailableForLegalReasons: of(451),
  internalServerError: of(500),
  notImplemented: of(501),
  badGateway: of(502),
  serviceUnavailable: of(503),
  gatewayTimeout: of(504),
  httpVersionNotSupported: of(505),
  variantAlsoNegotiates: of(506),
  insufficientStorage: of(507),
  loopDetected: of(508),
  networkAuthenticationRequired: of(511),
  status(
    code: number,
    fields?: ProblemFields,
    options?: ProblemOptions,
  ): Problem {
    if (!Number.isInteger(code) || code < 400 || code > 599) {
      throw new RangeError(`a problem has a status of 400 to 599, not ${code}`);
    }
    return new Problem(code, fields, options);
  },
} as const;
