/** Findings as other programs read them: annotations of a workflow, SARIF logs. */
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../../generator/src/cli.js";
import { putFiles, temporaryFolder } from "../temporary-folder.js";
import { LIBRARY, LONGER_TITLES, WITHOUT_AUTHORS } from "./library-spec.js";
import { runKontract } from "./run-kontract.js";
import { SARIF_SCHEMA } from "./sarif-schema.js";

interface Log {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    automationDetails: { id: string };
    invocations: { exitCode: number; executionSuccessful: boolean }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: Located[];
      relatedLocations?: Located[];
      partialFingerprints: Record<string, string>;
    }[];
  }[];
}

interface Located {
  physicalLocation: {
    artifactLocation: { uri: string; uriBaseId?: string };
    region?: { startLine: number; startColumn: number; endColumn: number };
  };
}

const ajv = new Ajv({ strict: true, allErrors: true });
addFormats.default(ajv);
const isLog = ajv.compile(SARIF_SCHEMA);

function readLog(text: string) {
  const log = JSON.parse(text) as Log;
  isLog(log);
  expect(isLog.errors ?? []).toEqual([]);
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  for (const { ruleId, ruleIndex } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  }
  return run;
}

async function run(
  cwd: string,
  env: Record<string, string>,
  ...argv: string[]
) {
  let [stdout, stderr] = ["", ""];
  const exit = await main(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
    cwd: () => cwd,
  });
  return { exit, stdout, stderr };
}

async function drifted(text: string): Promise<string> {
  const cwd = temporaryFolder({ "api.yaml": LIBRARY });
  await runKontract(cwd, "generate", "api.yaml");
  putFiles(cwd, { "api.yaml": text });
  return cwd;
}

const WARNED = LIBRARY.replace("      summary: Fetch one book\n", "").replace(
  "operationId: getBook",
  "x-made-up: 1",
);

describe("--sarif", () => {
  it("writes drift with lines of the document, and what it is about", async () => {
    const cwd = await drifted(LONGER_TITLES);
    const { exit, stdout, stderr } = await runKontract(
      cwd,
      "check",
      "api.yaml",
      "--sarif",
      "out.sarif",
    );
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: "" });
    expect(stderr).toContain("drift: 1 changed operation");
    const log = readLog(readFileSync(join(cwd, "out.sarif"), "utf8"));
    expect(log.automationDetails.id).toBe("kontract/check/");
    expect(log.invocations[0]).toMatchObject({ exitCode: 1 });
    const [changed] = log.results;
    const lines = LONGER_TITLES.split("\n");
    const line = (text: string) =>
      lines.findIndex((each) => each.includes(text)) + 1;
    expect(changed).toMatchObject({ ruleId: "KT5009", level: "error" });
    expect(changed?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "api.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: line("get:"), startColumn: 5, endColumn: 8 },
    });
    expect(
      changed?.relatedLocations?.[0]?.physicalLocation.region?.startLine,
    ).toBe(line("maxLength"));
  });

  it("prints on stdout without a file, for lint as for check", async () => {
    const cwd = temporaryFolder({ "api.yaml": WARNED });
    const { exit, stdout } = await runKontract(
      cwd,
      "lint",
      "api.yaml",
      "--sarif",
    );
    const log = readLog(stdout);
    expect(exit).toBe(0);
    expect(log.results.length).toBeGreaterThan(0);
    expect(new Set(log.results.map(({ level }) => level))).toEqual(
      new Set(["warning"]),
    );
  });

  it("is a log without results when all is well, and says when nothing could be read", async () => {
    const cwd = temporaryFolder({ "api.yaml": LIBRARY });
    await runKontract(cwd, "generate", "api.yaml");
    const fine = await runKontract(cwd, "check", "api.yaml", "--sarif");
    expect(readLog(fine.stdout).results).toEqual([]);
    putFiles(cwd, { "api.yaml": "swagger: '2.0'\n" });
    const { exit, stdout } = await runKontract(
      cwd,
      "lint",
      "api.yaml",
      "--sarif",
    );
    const log = readLog(stdout);
    expect(exit).toBe(3);
    expect(log.invocations[0]?.executionSuccessful).toBe(false);
    expect(log.results).toHaveLength(1);
  });

  it("names files by URI: below the root of the sources, with odd characters, and outside of it", async () => {
    const cwd = temporaryFolder({
      "a b/ö,#.yaml": WARNED,
      "inner/package.json": "{}",
    });
    const uri = async (from: string, ...argv: string[]) => {
      const { stdout } = await run(from, {}, "lint", ...argv, "--sarif");
      return readLog(stdout).results[0]?.locations[0]?.physicalLocation
        .artifactLocation;
    };
    expect(await uri(cwd, "a b/ö,#.yaml")).toEqual({
      uri: "a%20b/%C3%B6%2C%23.yaml",
      uriBaseId: "%SRCROOT%",
    });
    const outside = await uri(join(cwd, "inner"), "../a b/ö,#.yaml");
    expect(outside?.uri).toMatch(/^file:\/\/\/.*\/a%20b\/%C3%B6,%23\.yaml$/);
    expect(outside?.uriBaseId).toBeUndefined();
  });

  it("keeps a finding's fingerprint when lines are added above it", async () => {
    const cwd = temporaryFolder({ "api.yaml": WARNED });
    const prints = async () => {
      const { stdout } = await run(cwd, {}, "lint", "api.yaml", "--sarif");
      return readLog(stdout).results.map((each) => each.partialFingerprints);
    };
    const before = await prints();
    putFiles(cwd, { "api.yaml": `# one more line\n${WARNED}` });
    expect(await prints()).toEqual(before);
  });

  it("takes no file that is no log, and not two things on stdout", async () => {
    const cwd = temporaryFolder({ "api.yaml": LIBRARY });
    const slip = await runKontract(cwd, "lint", "--sarif", "api.yaml");
    expect(slip.exit).toBe(2);
    expect(slip.stderr).toContain("`api.yaml` is there already");
    expect(readFileSync(join(cwd, "api.yaml"), "utf8")).toBe(LIBRARY);
    const both = await runKontract(
      cwd,
      "lint",
      "api.yaml",
      "--sarif",
      "--json",
    );
    expect(both.exit).toBe(2);
    const nowhere = await runKontract(
      cwd,
      "lint",
      "api.yaml",
      "--sarif",
      "no/such/folder",
    );
    expect(nowhere.exit).toBe(2);
    for (let times = 0; times < 2; times++) {
      expect(
        await runKontract(cwd, "lint", "api.yaml", "--sarif", "log"),
      ).toMatchObject({ exit: 0 });
    }
  });
});

describe("in a workflow of GitHub", () => {
  it("annotates the lines of a change, errors first, beside what people read", async () => {
    const cwd = await drifted(WITHOUT_AUTHORS);
    const { exit, stderr } = await run(
      cwd,
      { GITHUB_ACTIONS: "true" },
      "check",
      "api.yaml",
    );
    expect(exit).toBe(1);
    const commands = stderr.split("\n").filter((line) => line.startsWith("::"));
    expect(commands).toContainEqual(
      expect.stringMatching(
        /^::error file=handlers\/authors\.ts,line=6,col=9,endColumn=\d+,title=KT5007::no operation has the handler `authors\.listAuthors`%0A/,
      ),
    );
    expect(stderr).toContain("error KT5007: no operation has the handler");
    const quiet = await run(cwd, {}, "check", "api.yaml");
    expect(quiet.stderr).not.toContain("::error");
  });

  it("tells paths from the root of the checkout, and keeps stdout for data", async () => {
    const top = temporaryFolder({ "service/api.yaml": WARNED });
    const { stdout, stderr } = await run(
      join(top, "service"),
      { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: top },
      "lint",
      "api.yaml",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    expect(stderr).toMatch(/^::warning file=service\/api\.yaml,line=\d+/);
  });

  it("lets no text of a document command the workflow", async () => {
    const odd = JSON.stringify("a,b:c%\n::error::x");
    const cwd = temporaryFolder({
      "api.yaml": LIBRARY.replaceAll(/operationId: .*/g, `operationId: ${odd}`),
    });
    const { exit, stderr } = await run(
      cwd,
      { GITHUB_ACTIONS: "true" },
      "lint",
      "api.yaml",
    );
    expect(exit).toBe(1);
    expect(stderr).toContain("a,b:c%25%0A::error::x");
    expect(stderr).not.toMatch(/(?:^|[\r\n])\s*::error::/);
  });
});
