import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../generator/src/lint/diagnostic.js";
import { renderDiagnostics } from "../../../generator/src/lint/render.js";

const text = `openapi: 3.1.0
paths:
  /books:
    get:
      responses: {}
`;
const file = { path: "spec/books.yaml", text, json: null };

function finding(more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "KT2003",
    severity: "warning",
    message: "operation has no operationId",
    origin: { file: "spec/books.yaml", pointer: "/paths/~1books/get" },
    ...more,
  };
}

describe("renderDiagnostics", () => {
  it("shows code, place, line, caret and help", () => {
    const shown = renderDiagnostics(
      [finding({ help: "add `operationId`" })],
      [file],
    );
    expect(shown).toBe(`warning KT2003: operation has no operationId
  spec/books.yaml:4:5   GET /books
    4 |     get:
      |     ^^^
  help: add \`operationId\`
`);
  });

  it("names related places", () => {
    const shown = renderDiagnostics(
      [
        finding({
          related: [{ file: "spec/books.yaml", pointer: "/paths/~1books" }],
        }),
      ],
      [file],
    );
    expect(shown).toContain("  see also spec/books.yaml:3:3   /books\n");
  });

  it("does without the text when there is none", () => {
    expect(renderDiagnostics([finding()], [])).toBe(
      "warning KT2003: operation has no operationId\n  spec/books.yaml   GET /books\n",
    );
  });

  it("sorts by file and line, and says the same thing once", () => {
    const shown = renderDiagnostics(
      [
        finding({ message: "late" }),
        finding({ message: "late again" }),
        finding({
          code: "KT2011",
          message: "early",
          origin: { file: "spec/books.yaml", pointer: "/openapi" },
        }),
        finding({ message: "other", origin: { file: "b.yaml", pointer: "" } }),
      ],
      [file],
    );
    const messages = [...shown.matchAll(/^warning KT\d+: (.*)$/gm)];
    expect(messages.map(([, message]) => message)).toEqual([
      "early",
      "late",
      "other",
    ]);
  });

  it("counts what is beyond the limit, errors first", () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      finding({ origin: { file: "f", pointer: `/${index}` } }),
    );
    const error = finding({
      code: "KT2002",
      severity: "error",
      origin: { file: "f", pointer: "/last" },
    });
    const shown = renderDiagnostics([...many, error], [], { limit: 3 });
    expect(shown.match(/^(?:warning|error) /gm)).toHaveLength(3);
    expect(shown).toContain("error KT2002");
    expect(shown).toMatch(/\nand 7 more\n$/);
  });

  it("has colours on request only", () => {
    const colored = renderDiagnostics([finding()], [file], { color: true });
    expect(colored).toContain("\u001b[33mwarning KT2003\u001b[39m");
    expect(renderDiagnostics([finding()], [file])).not.toContain("\u001b");
  });

  it("lets no text of the document steer the terminal", () => {
    const evil = "a\u001b[31m\u202eb\tc";
    const source = { path: "f", text: `${evil}: 1\n`, json: null };
    const shown = renderDiagnostics(
      [
        finding({
          message: evil,
          help: evil,
          origin: { file: "f", pointer: "/x", line: 1, column: 1 },
        }),
      ],
      [source],
    );
    expect(shown).not.toMatch(/[\u001b\u202e\t]/);
    expect(shown).toContain("a�[31m�b c");
  });

  it("cuts long lines around the place", () => {
    const long = `{"a": "${"x".repeat(5_000)}", "b": 1, "c": "${"y".repeat(5_000)}"}`;
    const source = { path: "f", text: long, json: null };
    const shown = renderDiagnostics(
      [finding({ origin: { file: "f", pointer: "/b" } })],
      [source],
    );
    const [, , code = "", caret = ""] = shown.split("\n");
    expect(code.length).toBeLessThan(120);
    expect(code.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe(
      '"b"',
    );
  });

  it.each<[string, string]>([
    ["/paths/~1a~1{b}/post/responses/200", "POST /a/{b}"],
    ["/paths/~1a", "/a"],
    ["/components/schemas/Book/properties/id", "schema Book"],
    ["/components/securitySchemes/key", "security scheme key"],
    ["/webhooks/new/post", "webhook new"],
    ["/info/title", "/info/title"],
    ["", ""],
  ])("calls %s %s", (pointer, name) => {
    const shown = renderDiagnostics(
      [finding({ origin: { file: "f", pointer } })],
      [],
    );
    expect(shown.split("\n")[1]).toBe(`  f${name === "" ? "" : `   ${name}`}`);
  });
});
