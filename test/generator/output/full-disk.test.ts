/** A disk without room: nothing is written, and nothing is left behind, not even the start of a lock. */
import * as fs from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { save } from "../../../generator/src/output/save.js";
import { temporaryFolder } from "../temporary-folder.js";

vi.mock("node:fs", { spy: true });

it.each([0, 1, 2, 3])("full at the write number %i", async (fits) => {
  const cwd = temporaryFolder({ "out/mine.txt": "mine" });
  let writes = 0;
  const { writeFileSync } = await vi.importActual<typeof fs>("node:fs");
  vi.mocked(fs.writeFileSync).mockImplementation((target, data, options) => {
    if (writes++ < fits) return writeFileSync(target, data, options);
    // The name comes to be, the text does not.
    writeFileSync(target, "", options);
    throw Object.assign(new Error("ENOSPC"), {
      code: "ENOSPC",
      syscall: "write",
    });
  });
  const report = await save("out", [{ path: "a.json", text: "{}" }], { cwd });
  vi.mocked(fs.writeFileSync).mockRestore();
  if (report.diagnostics.length > 0) {
    expect(report.diagnostics[0]?.code).toBe("KT5005");
    expect(fs.readdirSync(join(cwd, "out"))).toEqual(["mine.txt"]);
  } else {
    expect(fs.readdirSync(join(cwd, "out")).sort()).toEqual([
      "a.json",
      "kontract.json",
      "mine.txt",
    ]);
  }
});
