/** Room `errors`: the problem that tells a client everything that is wrong with its request. */
import type { PlainProblem, ProblemFields } from "./problem.js";
import { sentenceFor } from "./sentences.js";

/** As the collector keeps it. */
interface Fault {
  readonly at: string;
  readonly code: string;
  readonly limit: unknown;
}

/** A member of `errors`. */
interface ErrorEntry {
  in: string;
  parameter?: string;
  pointer?: string;
  code: string;
  limit?: unknown;
  detail: string;
}

/** `truncated` when there were more faults than are listed. Not thrown, hence without the cost of a stack. */
export function validationProblem(
  status: number,
  faults: readonly Fault[],
  truncated: boolean,
): PlainProblem {
  const fields: ProblemFields = {
    detail: "the request does not fit its description",
    errors: faults.map(entryOf),
  };
  if (truncated) fields["truncated"] = true;
  return { status, fields, headers: {} };
}

function entryOf({ at, code, limit }: Fault): ErrorEntry {
  const [where = "", ...segments] = at.split("/");
  const entry: ErrorEntry = { in: where, code, detail: "" };
  if (where !== "body") {
    const name = segments.shift();
    if (name !== undefined) {
      entry.parameter = name.replaceAll("~1", "/").replaceAll("~0", "~");
    }
  }
  if (where === "body" || segments.length > 0) {
    entry.pointer = ["#", ...segments.map(encodeFragment)].join("/");
  }
  const shown = limit instanceof RegExp ? limit.source : limit;
  if (shown !== undefined) entry.limit = shown;
  entry.detail = sentenceFor(code, limit);
  return entry;
}

/** RFC 6901 6: a pointer in a fragment is percent-encoded. A lone surrogate is no text and is replaced. */
function encodeFragment(segment: string): string {
  if (/^[\w.~-]*$/.test(segment)) return segment;
  return encodeURIComponent(Buffer.from(segment).toString());
}
