/** `kontract generate --watch` as a process: files are edited, and what it says and writes is looked at. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";

const bin = fileURLToPath(
  new URL("../../../generator/bin/kontract.js", import.meta.url),
);
const operation = (id: string, extra = "") =>
  `    get:\n      operationId: ${id}\n${extra}      responses: { "204": { description: Done } }\n`;
const head = 'openapi: 3.1.0\ninfo: { title: Watched, version: "1" }\npaths:\n';

async function start(files: Record<string, string>) {
  const folder = temporaryFolder(files);
  const child: ChildProcess = spawn(
    process.execPath,
    [bin, "generate", "api.yaml", "--watch"],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stdout?.on("data", (chunk) => (said += chunk));
  child.stderr?.on("data", (chunk) => (said += chunk));
  const until = async (pattern: RegExp) => {
    for (let tries = 0; tries < 1500; tries++) {
      if (pattern.test(said)) {
        const heard = said;
        said = "";
        return heard;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`waited in vain for ${pattern}; heard: ${said}`);
  };
  return { folder, child, until };
}

it("generates again for every file of the document, survives a broken one, and ends when it is told", async () => {
  const { folder, child, until } = await start({
    "package.json": "{}",
    "api.yaml": `${head}  /a:\n    $ref: parts/a.yaml\n  /b:\n${operation("getB")}`,
    "parts/a.yaml": operation("getA").replace(/^ {4}/gm, ""),
  });
  await until(/created, .* in /);
  const written = join(folder, "generated/operations/root.ts");
  const before = statSync(written).mtimeMs;

  // A file that is referred to, replaced by renaming, as editors do.
  writeFileSync(
    join(folder, "parts/a.new"),
    operation("getA", "      deprecated: true\n").replace(/^ {4}/gm, ""),
  );
  renameSync(join(folder, "parts/a.new"), join(folder, "parts/a.yaml"));
  const changed = await until(/changed: look at root\.getA \(GET \/a\)/);
  expect(changed).toMatch(/updated generated\/operations\/root\.ts/);
  expect(changed).not.toContain("getB");
  expect(statSync(written).mtimeMs).toBeGreaterThan(before);

  // Broken in the middle of an edit: said, nothing is written.
  const good = readFileSync(join(folder, "api.yaml"), "utf8");
  const text = readFileSync(written, "utf8");
  writeFileSync(join(folder, "api.yaml"), `${good}  /c: [oops\n`);
  await until(/error/);
  expect(readFileSync(written, "utf8")).toBe(text);

  writeFileSync(join(folder, "api.yaml"), `${good}  /c:\n${operation("getC")}`);
  await until(/new: root\.getC \(GET \/c\)/);
  expect(readFileSync(written, "utf8")).toContain("getC");
  expect(readFileSync(join(folder, "handlers/root.ts"), "utf8")).toContain(
    "getC",
  );

  writeFileSync(join(folder, "api.yaml"), good);
  await until(/gone: root\.getC/);

  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});
