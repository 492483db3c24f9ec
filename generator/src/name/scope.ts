/** Room `name`: one namespace; who comes first keeps the plain name, a clash names both places. */
import type { Diagnostics, Origin } from "../lint/diagnostic.js";
import { hashSuffix } from "./hash-suffix.js";

/** A way to call something. */
export interface Candidate<T> {
  name: T;
  /** The name in messages. */
  shown: string;
  /** All that it takes of the namespace. */
  takes: string[];
}

export interface Claim<T> {
  /** What is named, for messages: `schema`, `operation`, `group`. */
  what: string;
  /** As written in the document. */
  original: string;
  origin: Origin;
  /** From the best to the worst; the plain one is the first. */
  candidates: [Candidate<T>, ...Candidate<T>[]];
  /** A name with a mark that is made of the original. */
  marked(mark: string): Candidate<T>;
}

export interface Scope {
  claim<T>(claim: Claim<T>): T;
}

export function scope(
  reserved: Iterable<string>,
  diagnostics: Diagnostics,
): Scope {
  const taken = new Map<string, Origin | undefined>();
  for (const name of reserved) taken.set(name, undefined);

  function clashOf(takes: string[]): string | undefined {
    return takes.find((name) => taken.has(name));
  }

  /** The mark is made of the original alone; only names that are equal altogether are told apart by their place. */
  function firstFree<T>({ original, origin, marked }: Claim<T>): Candidate<T> {
    const place = `${original} ${origin.file}#${origin.pointer}`;
    let candidate = marked(hashSuffix(original, 4));
    for (let length = 4; clashOf(candidate.takes) !== undefined; length += 4) {
      candidate = marked(hashSuffix(place, length));
    }
    return candidate;
  }

  function take<T>(candidate: Candidate<T>, origin: Origin): T {
    for (const name of candidate.takes) taken.set(name, origin);
    return candidate.name;
  }

  return {
    claim(claim) {
      const { candidates, origin } = claim;
      const free = candidates.find(({ takes }) => clashOf(takes) === undefined);
      if (free) return take(free, origin);

      const marked = firstFree(claim);
      const [plain] = candidates;
      const other = taken.get(clashOf(plain.takes) ?? "");
      diagnostics.warning(
        "KT4001",
        origin,
        `${claim.what} \`${shorten(claim.original)}\` is called \`${marked.shown}\`: \`${plain.shown}\` is taken`,
        {
          help: "choose a name that differs in more than case and punctuation",
          ...(other && { related: [other] }),
        },
      );
      return take(marked, origin);
    },
  };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
