/** Whatever users make of their handlers and authors of the document: no byte is lost, and what breaks is what has changed. */
import { expect, it } from "vitest";
import { liveThrough } from "./rounds.js";

it(
  "holds over sixty rounds of edits and changes",
  { timeout: 300_000 },
  async () => {
    const { findings, ...figures } = await liveThrough({
      seed: 20,
      rounds: 60,
      batch: 60,
    });
    expect(findings).toEqual([]);
    expect(figures.rounds).toBe(60);
    expect(figures.changes).toBeGreaterThan(60);
    expect(figures.stubs).toBeGreaterThan(20);
    expect(figures.orphans).toBeGreaterThan(20);
    expect(figures.expectedFaults).toBeGreaterThan(10);
  },
);
