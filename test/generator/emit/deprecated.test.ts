/** `x-deprecated-reason`: what an editor shows of a deprecated operation. */
import { describe, expect, it } from "vitest";
import { generate } from "../../../generator/src/generate.js";

async function handlersOf(operation: object): Promise<string> {
  const { files } = await generate({
    openapi: "3.1.0",
    info: { title: "Books", version: "1" },
    paths: {
      "/books": {
        get: {
          operationId: "listBooks",
          responses: { 204: { description: "None" } },
          ...operation,
        },
      },
    },
  });
  return files.map(({ text }) => text).join("\n");
}

describe("a deprecated operation", () => {
  it.each(["x-deprecated-reason", "x-kontract-deprecated-reason"])(
    "says why by `%s`",
    async (name) => {
      const text = await handlersOf({
        deprecated: true,
        [name]: "Use `searchBooks` */ instead.\n@see nothing",
      });
      expect(text).toContain(
        " * @deprecated Use `searchBooks` *\\/ instead. @see nothing\n",
      );
    },
  );

  it("needs no reason", async () => {
    expect(await handlersOf({ deprecated: true })).toContain(
      " * @deprecated\n",
    );
  });

  it("is one only where it says so", async () => {
    const text = await handlersOf({ "x-deprecated-reason": "Old." });
    expect(text).not.toContain("@deprecated");
  });
});
