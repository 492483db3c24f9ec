/** Negotiation by `Accept` (RFC 9110 12.5.1). */
import { describe, expect, it } from "vitest";
import { negotiate } from "../../../runtime/src/write/accept.js";
import { processorTime } from "../../processor-time.js";

const json = "application/json";
const csv = "text/csv";
const v2 = "application/json;version=2";

describe("negotiate", () => {
  it.each<[string | undefined, string[], string | undefined]>([
    [undefined, [json, csv], json],
    ["*/*", [json, csv], json],
    ["text/*", [json, csv], csv],
    ["TEXT/CSV", [json, csv], csv],
    ["text/csv;q=0.5, application/json;q=0.4", [json, csv], csv],
    ["text/csv;q=0.5, application/json;q=0.5", [json, csv], json],
    ["*/*;q=0.1, text/csv", [json, csv], csv],
    ["application/json;q=0, */*", [json, csv], csv],
    ["application/json;q=0", [json], undefined],
    ["*/*;q=0", [json], undefined],
    ["text/html", [json, csv], undefined],
    [
      "application/*;q=0.9, application/json;q=0.1, text/csv;q=0.5",
      [json, csv],
      csv,
    ],
    ["application/json; charset=utf-8", [json], json],
    ["application/json;version=2", [json], undefined],
    ["application/json;version=2, application/json;q=0.1", [json, v2], v2],
    ['text/csv;a="x,y;q=0", application/json', [json, csv], json],
    ["", [json], json],
    [",,", [json], json],
    ["nonsense", [json], json],
    ["*/json", [json], json],
    ["application/json;q=2", [json], json],
    ["application/json;q=x, text/csv", [json, csv], csv],
  ])("%s", (accept, declared, want) => {
    expect(negotiate(accept, declared)).toBe(want);
  });

  it("is quick with hostile lists", () => {
    const start = processorTime();
    negotiate(`${"a/b;q=0.1,".repeat(20_000)}"`, [json, csv]);
    negotiate(`"${"\\".repeat(50_000)}`, [json, csv]);
    expect(processorTime() - start).toBeLessThan(500);
  });
});
