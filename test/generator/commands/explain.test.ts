import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { runJson, runKontract } from "./run-kontract.js";

describe("kontract explain", () => {
  it("explains a code on stdout, in whatever case it is written", async () => {
    const { exit, stdout, stderr } = await runKontract(
      temporaryFolder(),
      "explain",
      "kt5007",
    );
    expect(exit).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^KT5007: [a-z].*\n\n[A-Z].*\.\n\n[A-Z].*\.\n/);
  });

  it("gives the same as data", async () => {
    const { exit, report } = await runJson(
      temporaryFolder(),
      "explain",
      "KT5007",
    );
    expect(exit).toBe(0);
    expect(report).toMatchObject({
      ok: true,
      diagnostics: [],
      explanation: { code: "KT5007" },
    });
  });

  it.each([
    "KT5001",
    "KT5002",
    "KT5003",
    "KT5004",
    "KT5005",
    "KT5006",
    "KT5007",
    "KT5008",
    "KT5009",
    "KT5010",
    "KT0001",
    "KT0002",
  ])("knows %s, which the commands report", async (code) => {
    expect((await runKontract(temporaryFolder(), "explain", code)).exit).toBe(
      0,
    );
  });
});
