/** `kontract init`, then what it prints, as a newcomer would type it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInit } from "../../../generator/src/commands/init.js";
import { temporaryFolder } from "../temporary-folder.js";

const globals = { json: false, quiet: false, verbose: false };

describe("in an empty folder", () => {
  // Below the project, where its packages are found without an install.
  const folder = fileURLToPath(
    new URL("../../../.cache/init/my service", import.meta.url),
  );
  let summary: string[];

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const outcome = await runInit(
      "my service",
      { ...globals, cwd: join(folder, "..") },
      "npm/11",
    );
    expect(outcome.exit).toBe(0);
    summary = outcome.summary;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...command: string[]) => {
    const bin = fileURLToPath(
      new URL("../../../node_modules/.bin", import.meta.url),
    );
    const [program = "", ...args] = command;
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${bin}:${process.env["PATH"]}`,
        NODE_OPTIONS: "",
      },
    });
    return { status, output: stdout + stderr };
  };

  it("prints what to type", () => {
    expect(summary.slice(summary.indexOf("Next:"))).toEqual([
      "Next:",
      "  cd my service",
      "  npm install",
      "  npm start       # then open http://localhost:3000/notes",
      "  npm test",
      "  npm run check   # in CI: is the generated code up to date?",
    ]);
  });

  it("passes its tests, its types and its check", () => {
    const tests = run("npm", "test");
    expect(tests.output).toMatch(/pass 2/);
    expect(tests.status).toBe(0);
    expect(run("npm", "run", "typecheck")).toMatchObject({ status: 0 });
    expect(run("npm", "run", "check")).toMatchObject({ status: 0 });
  });

  it("has its name from the folder", () => {
    const { name } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    expect(name).toBe("my-service");
  });
});

describe("beside what is there", () => {
  it("keeps every file, and adds to package.json what it lacks", async () => {
    const own = {
      "package.json":
        '{\n\t"name": "mine",\n\t"scripts": { "start": "mine" }\n}\n',
      "openapi.yaml": readFileSync(
        fileURLToPath(
          new URL("../../rejected/KT2003-no-id/spec.yaml", import.meta.url),
        ),
        "utf8",
      ),
      "src/handlers/notes.ts": "// mine\n",
    };
    const folder = temporaryFolder(own);
    const { files, summary } = await runInit(undefined, {
      ...globals,
      cwd: folder,
    });
    expect(readFileSync(join(folder, "openapi.yaml"), "utf8")).toBe(
      own["openapi.yaml"],
    );
    expect(readFileSync(join(folder, "src/handlers/notes.ts"), "utf8")).toBe(
      "// mine\n",
    );
    expect(summary).toContain("kept openapi.yaml");
    const text = readFileSync(join(folder, "package.json"), "utf8");
    expect(text).toContain('\n\t"name": "mine"');
    expect(JSON.parse(text)).toMatchObject({
      scripts: { start: "mine", generate: "kontract generate" },
      type: "module",
    });
    expect(files.find(({ path }) => path === "package.json")?.status).toBe(
      "updated",
    );
  });

  it("changes nothing the second time", async () => {
    const folder = temporaryFolder();
    await runInit(undefined, { ...globals, cwd: folder });
    const { files } = await runInit(undefined, { ...globals, cwd: folder });
    expect(new Set(files.map(({ status }) => status))).toEqual(
      new Set(["unchanged"]),
    );
  });

  it("touches no package.json that it cannot read", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "package.json"), "{ oops");
    await expect(
      runInit(undefined, { ...globals, cwd: folder }),
    ).rejects.toThrow("cannot be read");
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("{ oops");
  });
});
