/** What a proof is: a claim, measured at a scale, that fails where it does not hold. */
import { deepStrictEqual } from "node:assert";

export type Figures = Record<string, number | string>;

export interface Proof {
  /** In one sentence. */
  claim: string;
  /** `scale` 1 is the size that is claimed; less is for the tests. Throws where the claim does not hold. */
  prove(scale: number): Promise<Figures>;
}

/** Fails unless all figures are the expected ones. */
export function demand(figures: Figures, expected: Figures): void {
  const found = Object.fromEntries(
    Object.keys(expected).map((name) => [name, figures[name]]),
  );
  deepStrictEqual(
    found,
    expected,
    `the claim does not hold: ${JSON.stringify(figures)}`,
  );
}

/** Fails unless the condition holds. */
export function insist(condition: boolean, figures: Figures): void {
  if (!condition) {
    throw new Error(`the claim does not hold: ${JSON.stringify(figures)}`);
  }
}

/** A share of the full size, a whole number, at least 1. */
export function sized(full: number, scale: number): number {
  return Math.max(1, Math.round(full * scale));
}
