/** Rules of the generator (G1–G8), each by what goes wrong where it is broken. */
import { once } from "node:events";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../generator/src/generate.js";
import { runKontract } from "../generator/commands/run-kontract.js";
import { temporaryFolder } from "../generator/temporary-folder.js";
import { faultsOf, shapeOf } from "../hostile/judge.js";
import { generateService } from "../service.js";
import { DOCUMENT } from "./document.js";

/** Ends each context that text can come into. */
const PAYLOADS = [
  "*/ globalThis.pwned = 1; /*",
  '"; globalThis.pwned = 1; "',
  "'; globalThis.pwned = 1; '",
  "`; globalThis.pwned = 1; `",
  "${globalThis.pwned = 1}",
  "\n globalThis.pwned = 1;",
  "\u2028globalThis.pwned = 1;",
  "\r globalThis.pwned = 1; //",
  "]; globalThis.pwned = 1; [",
];

/** The payload in a place of each kind: comment, literal, key, expression, address, extension. */
function documentWith(text: string): object {
  const plain = { type: "string", description: text };
  return {
    openapi: "3.1.0",
    info: { title: text, version: text },
    servers: [{ url: "/api", description: text }],
    paths: {
      "/a": {
        post: {
          operationId: "a",
          summary: text,
          description: text,
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: [text],
                  properties: {
                    [text]: { ...plain, default: text },
                    kind: { enum: [text, "b"], "x-enum-descriptions": [text] },
                    code: {
                      ...plain,
                      pattern: text.replaceAll(/[[\](){}*+?^$|\\]/g, "."),
                      "x-ts-type": text,
                    },
                  },
                },
              },
            },
          },
          responses: { "200": { description: text } },
        },
      },
    },
  };
}

async function emitted(document: object) {
  const { files, diagnostics } = await generate(document);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return { files: files.filter(({ path }) => path.endsWith(".ts")), errors };
}

describe("the generator", () => {
  it("G1: text of the document is text in the output", async () => {
    for (const payload of PAYLOADS) {
      const { files, errors } = await emitted(documentWith(payload));
      expect([payload, errors]).toEqual([payload, []]);
      expect([payload, files.flatMap(faultsOf)]).toEqual([payload, []]);
    }
  });

  it("G2: the same code comes out whatever the text, in every place at once", async () => {
    const neutral = await emitted(documentWith("words, and no name"));
    const shapes = neutral.files.map(shapeOf).toSorted();
    for (const payload of PAYLOADS) {
      const { files } = await emitted(documentWith(payload));
      expect([payload, files.map(shapeOf).toSorted()]).toEqual([
        payload,
        shapes,
      ]);
    }
  });

  it("G3: no extension of the document names a module, and comments stay closed", async () => {
    const document = JSON.parse(
      JSON.stringify(documentWith("plain")).replaceAll(
        '"x-ts-type":"plain"',
        `"x-ts-type":"import('node:fs').Stats","x-ts-import":"node:fs","x-go-type-import":{"path":"node:fs"}`,
      ),
    ) as object;
    const { files } = await emitted(document);
    expect(files.some(({ text }) => text.includes("node:fs"))).toBe(false);
    const broken = await emitted(
      documentWith("a */ b \u2028 c \u2029 d \r\n e"),
    );
    expect(broken.files.flatMap(faultsOf)).toEqual([]);
  });

  describe("G4: generation", () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end("{}");
    });
    beforeAll(async () => {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    });
    afterAll(() => server.close());

    it("asks nobody, and reads nothing above its root", async () => {
      const { port } = server.address() as AddressInfo;
      for (const [reference, code] of [
        [`http://127.0.0.1:${port}/a.json`, "KT1022"],
        ["../outside.json", "KT1021"],
        ["/etc/passwd", "KT1021"],
      ] as const) {
        const folder = temporaryFolder({
          "outside.json": '{"type":"string"}',
          "in/api.json": JSON.stringify({
            openapi: "3.1.0",
            info: { title: "a", version: "1" },
            paths: {},
            components: { schemas: { A: { $ref: reference } } },
          }),
        });
        const { files, diagnostics } = await generate("api.json", {
          cwd: join(folder, "in"),
          root: join(folder, "in"),
        });
        expect([reference, files]).toEqual([reference, []]);
        expect(diagnostics.map((each) => each.code)).toContain(code);
      }
      expect(asked).toBe(0);
    });
  });

  it("G5: names of prototypes in the document are names", async () => {
    const text = `{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{},
      "components":{"schemas":{"__proto__":{"type":"object","properties":{"polluted":{"type":"string"}}},
      "B":{"$ref":"#/components/schemas/__proto__"}}}}`;
    const folder = temporaryFolder({ "api.json": text });
    const { files, errors } = await (async () => {
      const { files: all, diagnostics } = await generate("api.json", {
        cwd: folder,
      });
      return {
        files: all,
        errors: diagnostics.filter(({ severity }) => severity === "error"),
      };
    })();
    expect(Object(undefined)).not.toHaveProperty("polluted");
    expect(Object.keys(Object.prototype)).toEqual([]);
    // refused, or kept as a name of its own
    if (errors.length === 0) {
      expect(
        files.flatMap(({ path, text: code }) =>
          path.endsWith(".ts") ? faultsOf({ path, text: code }) : [],
        ),
      ).toEqual([]);
      expect(files.some(({ text: code }) => code.includes("polluted"))).toBe(
        true,
      );
    }
  });

  it("G6: generated code assigns to no member that a request names", async () => {
    const names = {
      type: "object",
      properties: { a: { type: "string", default: "x" } },
      patternProperties: {
        "^x": { type: "object", properties: { b: { type: "string" } } },
      },
    };
    const content = { "application/json": { schema: names } };
    const { files, errors } = await emitted({
      openapi: "3.1.0",
      info: { title: "names", version: "1" },
      paths: {
        "/names": {
          post: {
            operationId: "names",
            requestBody: { content },
            responses: { "200": { description: "ok", content } },
          },
        },
      },
    });
    expect(errors).toEqual([]);
    expect(files.flatMap(faultsOf)).toEqual([]);
    expect((await emitted(DOCUMENT)).files.flatMap(faultsOf)).toEqual([]);
    const planted =
      "export const f = (out: any, key: string) => { out[key] = 1; };";
    expect(faultsOf({ path: "a.ts", text: planted })).toHaveLength(1);
  });

  it("G7: nothing is written beside the output, whatever names or links say", async () => {
    const outside = mkdtempSync(join(tmpdir(), "kontract-outside-"));
    try {
      const names = [
        "../../evil",
        "/evil",
        "a/../../evil",
        "C:\\evil",
        "\0evil",
      ];
      const folder = temporaryFolder({
        "api.json": JSON.stringify({
          ...DOCUMENT,
          paths: Object.fromEntries(
            names.map((name, at) => [
              `/p${at}`,
              {
                get: {
                  operationId: `op${at}`,
                  tags: [name],
                  responses: { "204": { description: "d" } },
                },
              },
            ]),
          ),
        }),
      });
      const run = await runKontract(
        folder,
        "generate",
        "api.json",
        "--no-handlers",
      );
      expect(run.exit).toBe(0);
      const files = readdirSync(join(folder, "generated"), { recursive: true });
      expect(files.map(String).every((path) => /^[\w./-]+$/.test(path))).toBe(
        true,
      );
      expect(readdirSync(folder).toSorted()).toEqual(["api.json", "generated"]);
      const within = join(folder, "generated/operations");
      rmSync(within, { recursive: true });
      symlinkSync(outside, within);
      const linked = await runKontract(
        folder,
        "generate",
        "api.json",
        "--no-handlers",
      );
      expect(linked.exit).not.toBe(0);
      expect(readdirSync(outside)).toEqual([]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("G8: what can fail fails at generation, or at start", async () => {
    const folder = temporaryFolder({
      "api.json": JSON.stringify({
        openapi: "3.1.0",
        info: { title: "a", version: "1" },
        paths: {
          "/a/{id}": {
            get: {
              responses: { "200": { $ref: "#/components/responses/No" } },
            },
          },
        },
      }),
    });
    const run = await runKontract(folder, "generate", "api.json");
    expect(run.exit).not.toBe(0);
    expect(existsSync(join(folder, "generated"))).toBe(false);
    const { createRouter } = await generateService("http-start", DOCUMENT);
    expect(() => createRouter({ http: {} })).toThrow(/getThing/);
  });
});
