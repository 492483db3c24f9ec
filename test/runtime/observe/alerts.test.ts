/** The alert rules and the dashboard that are shipped, evaluated on figures that the service itself has given. */
import { readFileSync } from "node:fs";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { RequestFacts } from "@kontract/runtime";
import Koa from "koa";
import { load } from "js-yaml";
import { createMetrics } from "@kontract/runtime/metrics";
import { describe, expect, it } from "vitest";
import { query, type Sample, samplesOf } from "./prom-query.js";

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string };
}

const shipped = (name: string): string =>
  readFileSync(
    new URL(`../../../docs/operations/${name}`, import.meta.url),
    "utf8",
  );
const { groups } = load(shipped("alerts.yaml")) as {
  groups: { rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(shipped("dashboard.json")) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

interface Traffic {
  status?: number;
  /** Seconds. */
  duration?: number;
  count?: number;
  invalid?: number;
  undeclared?: boolean;
  error?: unknown;
}

/** What a service says of itself before and after fifteen minutes of such requests. */
function after(...traffic: Traffic[]): Sample[] {
  const { observer, text } = createMetrics();
  const ask = ({
    status = 200,
    duration = 0.02,
    invalid = 0,
    undeclared = false,
    error,
  }: Traffic): void => {
    const facts: RequestFacts = {
      method: "GET",
      route: "/books",
      operationId: "listBooks",
      status,
      duration: duration * 1000,
      requestBytes: undefined,
      responseBytes: 10,
      aborted: false,
      undeclared,
      invalid,
      error,
      request: undefined,
    };
    const ctx = new Koa().createContext(
      new IncomingMessage(new Socket()),
      new ServerResponse(new IncomingMessage(new Socket())),
    );
    observer.begin?.(ctx, facts);
    observer.end?.(ctx, facts);
  };
  // Each series is there before, so that its growth can be seen.
  for (const each of traffic) ask(each);
  const before = samplesOf(text(), 0);
  for (const each of traffic) {
    for (let count = each.count ?? 1; count > 0; count--) ask(each);
  }
  return [...before, ...samplesOf(text(), 900)].map((sample) =>
    // The rules look back over 5 or 15 minutes; all of it happened in the last five.
    sample.time === 0 ? { ...sample, time: 600 } : sample,
  );
}

const firing = (samples: Sample[]): string[] =>
  rules
    .filter(({ expr }) => query(expr, samples, 900).length > 0)
    .map(({ alert }) => alert);

describe("alert rules", () => {
  it("are quiet while all is well", () => {
    expect(rules.map(({ alert }) => alert)).toEqual([
      "ManyServerErrors",
      "SlowRoute",
      "OutsideOfContract",
      "ManyInvalidRequests",
    ]);
    // One error in two hundred, one slow answer in a thousand, some wrong requests.
    const well = after(
      { count: 995 },
      { status: 500, count: 4 },
      { duration: 3, count: 4 },
      { status: 400, invalid: 1, count: 100 },
      { undeclared: false },
    );
    expect(firing(well)).toEqual([]);
  });

  it.each<[string, Traffic]>([
    ["ManyServerErrors", { status: 500, count: 20 }],
    ["SlowRoute", { duration: 2, count: 30 }],
    ["OutsideOfContract", { undeclared: true }],
    ["ManyInvalidRequests", { status: 400, invalid: 1, count: 400 }],
  ])("%s fires for what it is about, and no other does", (alert, traffic) => {
    expect(firing(after({ count: 970 }, traffic))).toEqual([alert]);
  });

  it("name the route in what they say, as labels that are there", () => {
    for (const { expr, annotations } of rules) {
      const wanted = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)];
      for (const [, label = ""] of wanted) {
        expect(expr).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
      }
    }
  });
});

describe("the dashboard", () => {
  it("has figures for every panel", () => {
    const samples = after(
      { count: 50 },
      { status: 500, error: new TypeError("x"), count: 5 },
      { status: 400, invalid: 2, count: 5 },
      { undeclared: true, count: 5 },
    );
    expect(panels.length).toBeGreaterThan(5);
    for (const { title, targets } of panels) {
      for (const { expr } of targets) {
        const rows = query(expr, samples, 900);
        expect(rows.length, title).toBeGreaterThan(0);
        for (const { value } of rows) expect(value, title).not.toBeNaN();
      }
    }
    const [, errors] = panels;
    const [share] = query(errors?.targets[0]?.expr ?? "", samples, 900);
    expect(share?.value).toBeCloseTo(5 / 65, 5);
  });
});
