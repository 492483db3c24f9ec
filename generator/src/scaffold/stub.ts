/** Room `scaffold`: the text of fresh handlers. */
import type { HandlerGroup, HandlerMethod } from "./handler-group.js";

/** Prettier's default. */
const WIDTH = 80;

/** A whole file, as prettier's defaults would print it. */
export function stubFile(group: HandlerGroup, generatedIndex: string): string {
  return [
    `import type { ${group.type} } from ${JSON.stringify(generatedIndex)};`,
    `import { problem } from "@kontract/runtime";`,
    "",
    ...stubObject(group),
    "",
  ].join("\n");
}

/** The exported object alone. */
function stubObject(group: HandlerGroup): string[] {
  const head = `export const ${group.key}: ${group.type} =`;
  const methods = stubMethods(group.methods, "problem", ",");
  if (`${head} {`.length <= WIDTH) return [`${head} {`, ...methods, "};"];
  // where the brace has no room left, prettier puts the whole object on lines of its own
  return [head, ...["{", ...methods, "};"].map((line) => line && `  ${line}`)];
}

/**
 * Methods with a blank line between them, indented by two spaces. `end` follows each: a comma in objects, nothing in classes.
 * `returns`: a type annotation, where nothing around the method says what it returns.
 */
export function stubMethods(
  methods: readonly HandlerMethod[],
  problem: string,
  end: "," | "",
  returns = "",
): string[] {
  return methods.flatMap((method, index) => [
    ...(index > 0 ? [""] : []),
    `  /** ${describe(method)} */`,
    `  async ${method.name}()${returns} {`,
    `    throw ${problem}.notImplemented();`,
    `  }${end}`,
  ]);
}

/** `GET /books/{bookId}: Fetch one book`, safe inside a block comment and on one line. */
function describe({ method, path, summary }: HandlerMethod): string {
  const text = summary?.trim()
    ? `${method} ${path}: ${summary}`
    : `${method} ${path}`;
  return (
    text
      // control characters, line and paragraph separators, and marks that turn the reading direction
      .replace(
        /[\s\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu,
        " ",
      )
      .replaceAll("*/", "*\\/")
      .trim()
  );
}
