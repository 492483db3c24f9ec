import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/src/load/read-document.js";
import { temporaryFolder } from "../temporary-folder.js";
import { load, loadFine, told, withSchemas } from "./load.js";

const HEAD = 'openapi: 3.1.0\ninfo: { title: t, version: "1" }\n';

describe("documents in many files", () => {
  it("give one target to all spellings of a reference", async () => {
    const document = await loadFine({
      "openapi.yaml": withSchemas(`A: { $ref: ./sub/b.yaml#/B }
B: { $ref: sub/b.yaml#/B }
C: { $ref: ./sub/../sub/b.yaml#/C }`),
      "sub/b.yaml": "B: { type: string }\nC: { $ref: '../sub/b.yaml#/B' }",
    });
    expect(document.files.map(({ path }) => path)).toEqual([
      "openapi.yaml",
      "sub/b.yaml",
    ]);
    const targets = new Set<unknown>();
    document.visit((node, kind, origin) => {
      if (kind !== "schema" || !Object.hasOwn(node, "$ref")) return;
      const target = document.target(node);
      if (origin.file === "openapi.yaml" && !origin.pointer.endsWith("C")) {
        targets.add(target?.node);
      }
    });
    expect([...targets]).toEqual([{ type: "string" }]);
  });

  it("may refer back to the entry", async () => {
    const document = await loadFine({
      "openapi.yaml": withSchemas("A: { properties: { b: { $ref: b.yaml } } }"),
      "b.yaml":
        "properties: { a: { $ref: 'openapi.yaml#/components/schemas/A' } }",
    });
    expect(document.files).toHaveLength(2);
  });

  it("put a target in the place of a `$ref` where the specification has none", async () => {
    const document = await loadFine({
      "openapi.yaml": `${HEAD}paths: { $ref: paths.yaml }
components:
  schemas: { $ref: "schemas.yaml#/all" }
`,
      "paths.yaml": "/a:\n  get: { $ref: './ops/a.yaml' }\n",
      "ops/a.yaml":
        "operationId: a\nresponses: { '200': { description: ok } }\n",
      "schemas.yaml": "all: { A: { type: string } }",
    });
    expect(document.root["paths"]).toEqual({
      "/a": { get: { operationId: "a", responses: expect.anything() } },
    });
    const places: string[] = [];
    document.visit((_, kind, origin) => {
      if (kind === "operation" || kind === "schema") {
        places.push(`${kind} ${origin.file}#${origin.pointer}`);
      }
    });
    expect(places).toEqual([
      "operation ops/a.yaml#",
      "schema schemas.yaml#/all/A",
    ]);
    expect(
      document.written({
        file: "openapi.yaml",
        pointer: "/paths/~1a/get/operationId",
      }),
    ).toEqual({ file: "ops/a.yaml", pointer: "/operationId" });
  });

  it("read a description from a file, and do without when it is missing", async () => {
    const { value, diagnostics } = await load({
      "openapi.yaml": `openapi: 3.1.0
info: { title: t, version: "1", description: { $ref: about.md } }
tags: [{ name: a, description: { $ref: nope.md } }]
paths: {}
`,
      "about.md": "# About\n",
    });
    expect(value?.root["info"]).toMatchObject({ description: "# About\n" });
    expect(told(diagnostics)).toEqual([
      "warning KT1028 openapi.yaml#/tags/0/description/$ref the text of `nope.md` cannot be read; the description is left out",
    ]);
  });

  it("say where the fault in a further file is, once", async () => {
    const { diagnostics } = await load({
      "openapi.yaml": withSchemas("A: { $ref: b.yaml }\nB: { $ref: b.yaml }"),
      "b.yaml": "a: [",
    });
    expect(told(diagnostics)).toEqual([
      expect.stringMatching(/^error KT1003 b\.yaml#:1:5 the text is not YAML/),
    ]);
  });

  it("have a digest that depends on texts, not on where they lie", async () => {
    const files = {
      "openapi.yaml": withSchemas("A: { $ref: b.yaml }"),
      "b.yaml": "type: string",
    };
    const one = await loadFine(files);
    const two = await loadFine(files);
    const other = await loadFine({ ...files, "b.yaml": "type: number" });
    expect(one.digest).toMatch(/^[\da-f]{64}$/);
    expect(two.digest).toBe(one.digest);
    expect(other.digest).not.toBe(one.digest);
  });
});

describe("references may not leave the root", () => {
  const outside = "leads out of the root folder and is not read";

  it.each([
    "../secret.yaml",
    "../../secret.yaml",
    "/etc/hostname",
    "file:///etc/passwd",
    "%2e%2e/secret.yaml",
    "..\\secret.yaml",
    "file://host/share/x.yaml",
    "sub/%2f..%2f..%2fsecret.yaml",
  ])("%s", async (reference) => {
    const folder = temporaryFolder({
      "secret.yaml": "hidden: true",
      "api/openapi.yaml": withSchemas(
        `A: { $ref: ${JSON.stringify(reference)} }`,
      ),
    });
    const { diagnostics, files } = await loadDocument("api/openapi.yaml", {
      cwd: folder,
    });
    expect(told(diagnostics)).toEqual([
      `error KT1021 api/openapi.yaml#/components/schemas/A/$ref the reference \`${reference}\` ${outside}`,
    ]);
    expect(JSON.stringify([diagnostics, files])).not.toContain("hidden");
  });

  it("nor through a symbolic link", async () => {
    const folder = temporaryFolder({
      "secret.yaml": "hidden: true",
      "api/openapi.yaml": withSchemas("A: { $ref: link.yaml }"),
    });
    symlinkSync(join(folder, "secret.yaml"), join(folder, "api/link.yaml"));
    const { diagnostics } = await loadDocument("api/openapi.yaml", {
      cwd: folder,
    });
    expect(told(diagnostics)).toEqual([expect.stringContaining(outside)]);
  });

  it("which is the project around, or the one that is named", async () => {
    const folder = temporaryFolder({
      "shared.yaml": "type: string",
      "a/api/openapi.yaml": withSchemas("A: { $ref: ../../shared.yaml }"),
    });
    const entry = "a/api/openapi.yaml";
    const errors = async (root?: string) => {
      const { diagnostics } = await loadDocument(entry, {
        cwd: folder,
        ...(root === undefined ? {} : { root }),
      });
      return diagnostics.length;
    };
    expect(await errors()).toBe(1);
    expect(await errors(".")).toBe(0);
    expect(await errors("a")).toBe(1);
    writeFileSync(join(folder, "kontract.config.json"), "{}");
    expect(await errors()).toBe(0);
    mkdirSync(join(folder, "a/.git"));
    expect(await errors()).toBe(1);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "https://example.invalid/x.yaml",
    "ftp://x/y",
    "data:application/json,{}",
    "javascript:1",
    "urn:example:nothing",
  ])("and nothing is fetched: %s", async (reference) => {
    const { diagnostics } = await load(
      withSchemas(`A: { $ref: ${JSON.stringify(reference)} }`),
    );
    expect(told(diagnostics)).toEqual([
      `error KT1022 openapi.yaml#/components/schemas/A/$ref the reference \`${reference}\` leads to a URI that is not on this machine; nothing is fetched`,
    ]);
  });
});

describe("resources", () => {
  it("stand for URIs, one by one or below a prefix", async () => {
    const document = await loadFine(
      {
        "openapi.yaml": withSchemas(`A: { $ref: "https://example.com/s/a.json" }
B: { $ref: "urn:example:b" }`),
        "vendor/a.json": '{"properties": {"x": {"$ref": "deep/c.json"}}}',
        "vendor/deep/c.json": "true",
        "b.yaml": "type: string",
      },
      {
        resources: {
          "https://example.com/s/": "./vendor/",
          "urn:example:b": "./b.yaml",
        },
      },
    );
    expect(document.files.map(({ path }) => path)).toEqual([
      "openapi.yaml",
      "vendor/a.json",
      "b.yaml",
      "vendor/deep/c.json",
    ]);
  });

  it("may not be left either", async () => {
    const folder = temporaryFolder({
      "secret.json": "{}",
      "openapi.yaml": withSchemas(
        'A: { $ref: "https://example.com/s/%2e%2e%2fsecret.json" }',
      ),
    });
    mkdirSync(join(folder, "vendor"));
    const { diagnostics } = await loadDocument("openapi.yaml", {
      cwd: folder,
      resources: { "https://example.com/s/": "vendor" },
    });
    expect(told(diagnostics)[0]).toContain("KT1021");
  });
});

describe("the entry", () => {
  it("may be a path, a file URL or an object, and lie outside of the root", async () => {
    const folder = temporaryFolder({ "a.json": '{"openapi": "3.1.0"}' });
    const options = { cwd: "/", root: "/proc" };
    for (const source of [
      join(folder, "a.json"),
      pathToFileURL(join(folder, "a.json")),
      { openapi: "3.1.0" },
    ]) {
      const { value } = await loadDocument(source, options);
      expect(value?.version).toBe("3.1");
    }
  });

  it("is not taken from the network", async () => {
    const { diagnostics } = await loadDocument("https://example.com/a.yaml", {
      cwd: "/",
    });
    expect(told(diagnostics)).toEqual([
      expect.stringMatching(/^error KT1001 .* nothing is fetched$/),
    ]);
  });

  it("has to be there", async () => {
    const { diagnostics } = await loadDocument("nope.yaml", { cwd: "/" });
    expect(told(diagnostics)).toEqual([
      "error KT1001 nope.yaml#:1:1 the document does not exist",
    ]);
  });

  it("as an object is copied, and has to be JSON", async () => {
    const endless: { openapi: string; self?: unknown } = { openapi: "3.1.0" };
    endless.self = endless;
    const { value, diagnostics } = await loadDocument(endless, { cwd: "/" });
    expect(value).toBeUndefined();
    expect(told(diagnostics)[0]).toContain("KT1003");
    const plain = { openapi: "3.1.0", paths: {} };
    expect((await loadDocument(plain, { cwd: "/" })).value?.root).not.toBe(
      plain,
    );
  });

  it.each<[string, string, string]>([
    ["openapi: 4.0.0", "KT1011", "the version `4.0.0` is not supported"],
    ["openapi: 3.1", "KT1011", "`openapi` is the number 3.1"],
    ["openapi: 3.0.3-rc1", "KT1011", "`3.0.3-rc1` is not supported"],
    ["swagger: '2.0'", "KT1011", "Swagger 2.0 is not supported"],
    [
      "openapi: 3.0.0\nswagger: '2.0'",
      "KT1011",
      "both `swagger` and `openapi`",
    ],
    ["name: x", "KT1010", "`openapi` is missing"],
    ["[a]", "KT1009", "not an array"],
    ["", "KT1009", "the document is empty"],
  ])("has a version that is supported: %s", async (text, code, message) => {
    const { value, diagnostics } = await load(text);
    expect(value).toBeUndefined();
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code,
        unusable: true,
        message: expect.stringContaining(message),
      }),
    ]);
  });

  it.each(["3.0.4", "3.1.1", "3.2.0"])("%s is supported", async (version) => {
    const document = await loadFine(`openapi: ${version}`);
    expect(version.startsWith(document.version)).toBe(true);
  });
});

describe("another source of files", () => {
  it("is confined as the disk is", async () => {
    const texts = new Map([
      [
        "/old/api/openapi.yaml",
        withSchemas(
          "A: { $ref: a.yaml }\nB: { $ref: ../b.yaml }\nC: { $ref: c.yaml }",
        ),
      ],
      ["/old/api/a.yaml", "type: string"],
      ["/old/b.yaml", "type: string"],
    ]);
    const asked: string[] = [];
    const { value, diagnostics } = await loadDocument("api/openapi.yaml", {
      cwd: "/old",
      root: "api",
      read(path) {
        asked.push(path);
        const text = texts.get(path);
        return Promise.resolve(
          text === undefined ? undefined : Buffer.from(text),
        );
      },
    });
    expect(value?.files.map(({ path }) => path)).toEqual([
      "api/openapi.yaml",
      "api/a.yaml",
    ]);
    expect(told(diagnostics).map((line) => line.split(" ")[1])).toEqual([
      "KT1021",
      "KT1023",
    ]);
    expect(asked).toEqual([
      "/old/api/openapi.yaml",
      "/old/api/a.yaml",
      "/old/api/c.yaml",
    ]);
  });
});
