import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../generator/src/lint/catalogue.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

interface Block {
  language: string;
  text: string;
}

interface Page {
  path: string;
  text: string;
  blocks: Block[];
}

const pages: Page[] = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
].map((path) => {
  const text = readFileSync(join(ROOT, path), "utf8");
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", body = ""]) => ({ language, text: body }),
  );
  return { path, text, blocks };
});

const blocksIn = (language: string) =>
  pages.flatMap(({ path, blocks }) =>
    blocks
      .filter((block) => block.language === language)
      .map(({ text }) => ({ path, text })),
  );

describe("the documentation", () => {
  it("links to what is there", () => {
    const broken = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]+)(#[^)]*)?\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("names folders and files that exist", () => {
    const missing = pages.flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /`((?:generator|runtime|example-app|example-spec|test|docs)\/[\w./-]*)`/g,
        ),
      ]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it("shows commands that exist", () => {
    const { scripts } = Object(
      JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")),
    );
    const unknown = blocksIn("sh").flatMap(({ text }) =>
      [...text.matchAll(/npm (?:run )?([\w:]+)/g)]
        .map(([, name = ""]) => name)
        .filter((name) => name !== "install" && !(name in scripts)),
    );
    expect(blocksIn("sh").length).toBeGreaterThan(1);
    expect(unknown).toEqual([]);
  });

  it("shows YAML, JSON and TypeScript that can be parsed", () => {
    for (const { text } of blocksIn("yaml"))
      expect(load(text)).toBeTypeOf("object");
    for (const { text } of blocksIn("json"))
      expect(JSON.parse(text)).toBeTypeOf("object");
    const faults = blocksIn("ts").flatMap(({ path, text }) => {
      const { diagnostics = [] } = ts.transpileModule(
        text.replaceAll("…", ""),
        {
          reportDiagnostics: true,
        },
      );
      return diagnostics.map(
        ({ messageText }) => `${path}: ${JSON.stringify(messageText)}`,
      );
    });
    expect(faults).toEqual([]);
  });

  it("keeps the README to a screen or two", () => {
    const readme = pages.find(({ path }) => path === "README.md");
    expect(readme?.text.split("\n").length).toBeLessThanOrEqual(151);
  });
});

describe("docs/generated-code.md", () => {
  it("shows what is generated, to the letter", () => {
    const page = pages.find(({ path }) => path.endsWith("generated-code.md"));
    const folder = join(ROOT, "generated");
    const generated = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
    const shown = (page?.blocks ?? []).filter(
      ({ language }) => language === "ts",
    );
    expect(shown.length).toBeGreaterThan(5);
    for (const { text } of shown) {
      expect(
        generated.some((file) => file.includes(text)),
        text,
      ).toBe(true);
    }
  });
});

const INTRODUCTION = `# Errors

What kontract says about a document, by code. Errors make the output wrong or
ambiguous, so nothing is written; warnings are read in the obvious way. Each message
names file, line and column; \`kontract explain KT2001\` shows what stands here. Exit
codes: 1 when there are errors, 3 when the document cannot be used at all.

\`generate\` speaks of what changes its output; rules of style (KT6) are asked by
\`kontract lint\` alone. A warning is silenced, or made an error, by code or by the name of
its rule: in the config with \`lint: { rules: { "verb-in-path": "off" } }\`, or in the
document with \`x-lint-ignore: [verb-in-path]\` on the object that it is about, or on one
around it. Errors cannot be silenced, and what silences nothing is reported.

What clients of a service are told is in [validation](validation.md) and
[lifecycle](lifecycle.md).

`;

const RANGES: Record<string, string> = {
  KT0: "The command line",
  KT1: "Reading the document",
  KT2: "The contract",
  KT3: "What is not supported",
  KT4: "Names",
  KT5: "Output and handlers",
  KT6: "Style, of which only `kontract lint` speaks",
};

/** The page as the catalogue has it; \`vitest run test/docs.test.ts -u\` writes it. */
function errorsPage(): string {
  let page = INTRODUCTION;
  let range = "";
  const codes = [...CATALOGUE].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [code, entry] of codes) {
    if (code.slice(0, 3) !== range) {
      range = code.slice(0, 3);
      page += `## ${range} – ${RANGES[range] ?? "Others"}\n\n`;
    }
    page += `### ${code} – ${entry.title}\n\n${entry.explanation}\n\n`;
    page += `**Help:** ${entry.help}\n\n`;
    if (entry.example !== undefined) {
      page += `\`\`\`text\n${entry.example.trimEnd()}\n\`\`\`\n\n`;
    }
  }
  return page;
}

describe("docs/errors.md", () => {
  it("says what the catalogue says", async () => {
    const page = await format(errorsPage(), { parser: "markdown" });
    await expect(page).toMatchFileSnapshot("../docs/errors.md");
  });
});
