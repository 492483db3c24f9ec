/** Room `errors`: whatever was thrown becomes a problem that tells nothing of the inside. */
import { Problem } from "./problem.js";

/** What `ctx.throw()` and its kin make: an error that says itself whether its message may be shown. */
interface ExposedError extends Error {
  status: number;
  expose: true;
  headers?: unknown;
}

function isExposed(error: unknown): error is ExposedError {
  if (!(error instanceof Error)) return false;
  if (!("expose" in error) || error.expose !== true) return false;
  if (!("status" in error) || typeof error.status !== "number") return false;
  return error.status >= 400 && error.status <= 499;
}

/** The problem that the thrower meant, or `undefined` when the error is a fault of ours. */
export function intendedProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (!isExposed(error)) return undefined;
  return new Problem(
    error.status,
    { detail: error.message },
    { cause: error, headers: stringsOf(error.headers) },
  );
}

/** A fixed text and an id to find the log line by. */
export function internalProblem(requestId: string): Problem {
  return new Problem(500, {
    detail:
      "the request could not be answered because of a fault of the server",
    requestId,
  });
}

function stringsOf(headers: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  if (typeof headers !== "object" || headers === null) return texts;
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (lower === "content-type" || lower === "content-length") continue;
    if (typeof value === "string") texts[name] = value;
  }
  return texts;
}
