/** A bounded number of hostile requests; `npm run fuzz -- --requests 100000` sends as many as wanted. */
import { describe, expect, it } from "vitest";
import { sharedAvailable } from "../shared.js";
import { BOOKSTORE, fuzzTarget, MOCKS } from "./targets.js";

const REQUESTS = 400;
const targets = [BOOKSTORE, ...MOCKS.slice(0, 2)];

describe("hostile requests", () => {
  it.each(targets.filter(({ isShared }) => !isShared || sharedAvailable))(
    "$name: no failure, no silence, no leak",
    async (target) => {
      const { report } = await fuzzTarget(target, {
        seed: 7,
        requests: REQUESTS,
      });
      expect(report.findings).toEqual([]);
      expect(report.requests).toBe(REQUESTS);
      const statuses = Object.keys(report.statuses);
      for (const kind of ["2", "4"]) {
        expect(statuses.some((each) => each.startsWith(kind))).toBe(true);
      }
    },
    240_000,
  );
});
