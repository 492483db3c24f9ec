/** The proofs of docs/proofs.md that need no processes of their own, at a size for every day; the others have their like in the rooms of the runtime. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PROOFS } from "./proofs.js";

it.each([
  ["many-keys", 0.02],
  ["forged-tokens", 0.01],
])("%s holds at a share of %d", async (name, scale) => {
  expect(await PROOFS[name]?.prove(scale)).toBeDefined();
});

it("are all documented, with their claims", () => {
  const text = readFileSync(
    new URL("../../docs/proofs.md", import.meta.url),
    "utf8",
  );
  for (const name of Object.keys(PROOFS)) expect(text).toContain(`\`${name}\``);
});
