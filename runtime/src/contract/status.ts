/** Room `contract`: statuses that a range or `default` of a contract stands for. */

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
type Redirection = 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;
type ClientError =
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411)
  | (412 | 413 | 414 | 415 | 416 | 417 | 421 | 422 | 423 | 424 | 425 | 426)
  | (428 | 429 | 431 | 451);
type ServerError = 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 511;

interface Ranges {
  "1XX": 100 | 101 | 102 | 103;
  "2XX": Success;
  "3XX": Redirection;
  "4XX": ClientError;
  "5XX": ServerError;
  /** Interim answers (1XX) are never an operation's last word. */
  default: Success | Redirection | ClientError | ServerError;
}

/** The registered statuses (IANA) of a range, or of `default`. */
export type StatusOf<Range extends keyof Ranges> = Ranges[Range];
