/** The logger of those who give none. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { stderrLogger } from "../../../runtime/src/observe/stderr-logger.js";

afterEach(() => vi.restoreAllMocks());

describe("stderrLogger", () => {
  it("writes errors as JSON lines, causes included, and nothing else", () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    stderrLogger.debug("a");
    stderrLogger.info("b");
    stderrLogger.warn("c");
    stderrLogger.error("d", {
      error: new Error("outer", { cause: new Error("inner\nline") }),
      id: 1,
    });
    expect(written).toHaveLength(1);
    expect(written[0]?.indexOf("\n")).toBe((written[0]?.length ?? 0) - 1);
    expect(JSON.parse(written[0] ?? "")).toMatchObject({
      level: "error",
      message: "d",
      id: 1,
      error: { message: "outer", cause: { message: "inner\nline" } },
    });
  });

  it("survives rings and values that are no JSON", () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    const ring = new Error("ring");
    ring.cause = ring;
    stderrLogger.error("a", { error: ring });
    stderrLogger.error("b", { value: 1n });
    expect(
      written.map((line) => (JSON.parse(line) as { message: string }).message),
    ).toEqual(["a", "b"]);
  });
});
