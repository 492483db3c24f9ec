/** Room `model`: the origin of a node below another one. */
import type { Origin } from "../lint/diagnostic.js";

/** Tokens are escaped as RFC 6901 section 3 says. */
export function below(origin: Origin, ...tokens: (string | number)[]): Origin {
  let pointer = origin.pointer;
  for (const token of tokens) {
    const text = String(token);
    pointer +=
      "/" +
      (/[~/]/.test(text)
        ? text.replaceAll("~", "~0").replaceAll("/", "~1")
        : text);
  }
  return { file: origin.file, pointer };
}

/** The decoded tokens of a pointer. */
export function tokensOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
