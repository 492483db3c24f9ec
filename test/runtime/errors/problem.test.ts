/** Problems (RFC 9457) and what is made of other errors. */
import { Problem, problem } from "@kontract/runtime";
import { describe, expect, it } from "vitest";
import {
  intendedProblem,
  internalProblem,
} from "../../../runtime/src/errors/boundary.js";
import { phraseOf } from "../../../runtime/src/errors/catalogue.js";
import { sentenceFor } from "../../../runtime/src/errors/sentences.js";
import { validationProblem } from "../../../runtime/src/errors/validation.js";
import { problemJson } from "../../../runtime/src/write/json.js";

describe("problem.*", () => {
  const { status, ...makers } = problem;
  it.each(Object.entries(makers))(
    "%s bears the name of its phrase",
    (name, make) => {
      const thrown = make({ detail: "d" });
      expect(thrown).toBeInstanceOf(Problem);
      const words = phraseOf(thrown.status).split(" ");
      const camel = words
        .map((word) =>
          /^[A-Z]+$/.test(word)
            ? word.charAt(0) + word.slice(1).toLowerCase()
            : word,
        )
        .join("");
      expect(camel.charAt(0).toLowerCase() + camel.slice(1)).toBe(name);
      expect(thrown.message).toBe(`${phraseOf(thrown.status)}: d`);
    },
  );

  it("has status() for the others, of errors only", () => {
    expect(status(499).status).toBe(499);
    expect(() => status(200)).toThrow(RangeError);
    expect(() => status(600)).toThrow(RangeError);
  });

  it("keeps its cause and headers", () => {
    const cause = new Error("inner");
    const thrown = problem.conflict({}, { cause, headers: { A: "1" } });
    expect(thrown.cause).toBe(cause);
    expect(thrown.headers).toEqual({ A: "1" });
    expect(problem.conflict().cause).toBeUndefined();
  });
});

describe("problemJson", () => {
  it("fills in what is left out, and nothing else", () => {
    const body = (fields?: object) =>
      JSON.parse(String(problemJson(422, fields).body)) as unknown;
    const standard = {
      type: "about:blank",
      title: "Unprocessable Content",
      status: 422,
    };
    expect(body()).toEqual(standard);
    expect(body({ type: undefined, detail: undefined })).toEqual(standard);
    expect(body({ type: "/t", title: "T", status: 1, x: 1 })).toEqual({
      type: "/t",
      title: "T",
      status: 1,
      x: 1,
    });
  });
});

describe("the boundary", () => {
  it("shows what was meant to be shown, and nothing of others", () => {
    const exposed = Object.assign(new Error("shown"), {
      status: 404,
      expose: true,
      headers: { A: "1", "Content-Type": "x" },
    });
    expect(intendedProblem(exposed)).toMatchObject({
      status: 404,
      fields: { detail: "shown" },
      headers: { A: "1" },
    });
    for (const other of [
      new Error("x"),
      Object.assign(new Error("x"), { status: 500, expose: true }),
      Object.assign(new Error("x"), { status: 404, expose: false }),
      { status: 404, expose: true, message: "x" },
      "x",
      null,
    ]) {
      expect(intendedProblem(other)).toBeUndefined();
    }
    expect(internalProblem("id").fields["requestId"]).toBe("id");
  });
});

describe("validationProblem", () => {
  it("names places in the notation of their kind", () => {
    const at = (place: string) => {
      const { fields } = validationProblem(
        400,
        [{ at: place, code: "type", limit: "string" }],
        false,
      );
      const [entry] = fields["errors"] as Record<string, unknown>[];
      return [entry?.["in"], entry?.["parameter"], entry?.["pointer"]];
    };
    expect(at("body")).toEqual(["body", undefined, "#"]);
    expect(at("body/a~1b/0/c d")).toEqual([
      "body",
      undefined,
      "#/a~1b/0/c%20d",
    ]);
    expect(at("query/a~1b~0c")).toEqual(["query", "a/b~c", undefined]);
    expect(at("query/filter/a/0")).toEqual(["query", "filter", "#/a/0"]);
    expect(at("query")).toEqual(["query", undefined, undefined]);
    expect(at("body/\ud800")).toEqual(["body", undefined, "#/%EF%BF%BD"]);
  });

  it("says what is wrong by keyword and limit", () => {
    expect(sentenceFor("maximum", 10)).toBe("must be at most 10");
    expect(sentenceFor("enum", ["a", 1, null])).toBe(
      "must be one of a, 1, null",
    );
    expect(sentenceFor("pattern", /^a$/)).toBe("must match the pattern ^a$");
    expect(sentenceFor("x-own", undefined)).toBe("breaks the rule x-own");
  });
});
