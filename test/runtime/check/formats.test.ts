/** Formats against the official suite, and against hostile length. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as formats from "../../../runtime/src/check/formats.js";
import { shared, sharedAvailable } from "../../shared.js";

interface Case {
  description: string;
  data: unknown;
  valid: boolean;
}

const PREDICATES: Record<string, (text: string) => boolean> = {
  "date-time": formats.isDateTime,
  date: formats.isDate,
  time: formats.isTime,
  duration: formats.isDuration,
  email: formats.isEmail,
  "idn-email": formats.isIdnEmail,
  hostname: formats.isHostname,
  "idn-hostname": formats.isIdnHostname,
  ipv4: formats.isIpv4,
  ipv6: formats.isIpv6,
  uri: formats.isUri,
  "uri-reference": formats.isUriReference,
  iri: formats.isIri,
  "iri-reference": formats.isIriReference,
  uuid: formats.isUuid,
  "uri-template": formats.isUriTemplate,
  "json-pointer": formats.isJsonPointer,
  "relative-json-pointer": formats.isRelativeJsonPointer,
  regex: formats.isRegex,
  "ecmascript-regex": formats.isRegex,
  byte: formats.isByte,
};

const SUITE = "suites/json-schema/tests/draft2020-12/optional/format/";

/** Texts of the suite by file: how many there are, and which we judge otherwise and why. None at present. */
const SUITE_FILES: Record<string, { texts: number; otherwise: string[] }> = {
  "date-time": { texts: 27, otherwise: [] },
  date: { texts: 75, otherwise: [] },
  time: { texts: 41, otherwise: [] },
  duration: { texts: 46, otherwise: [] },
  email: { texts: 21, otherwise: [] },
  "idn-email": { texts: 12, otherwise: [] },
  hostname: { texts: 58, otherwise: [] },
  "idn-hostname": { texts: 84, otherwise: [] },
  ipv4: { texts: 35, otherwise: [] },
  ipv6: { texts: 36, otherwise: [] },
  uri: { texts: 40, otherwise: [] },
  "uri-reference": { texts: 22, otherwise: [] },
  iri: { texts: 18, otherwise: [] },
  "iri-reference": { texts: 7, otherwise: [] },
  uuid: { texts: 22, otherwise: [] },
  "uri-template": { texts: 32, otherwise: [] },
  "json-pointer": { texts: 34, otherwise: [] },
  "relative-json-pointer": { texts: 19, otherwise: [] },
  regex: { texts: 2, otherwise: [] },
  "ecmascript-regex": { texts: 12, otherwise: [] },
};

describe.runIf(sharedAvailable)("the official suite", () => {
  it.each(Object.entries(SUITE_FILES))("%s", (name, { texts, otherwise }) => {
    const groups: { tests: Case[] }[] = JSON.parse(
      readFileSync(shared(`${SUITE}${name}.json`), "utf8"),
    );
    const cases = groups
      .flatMap((group) => group.tests)
      .filter((each) => typeof each.data === "string");
    const wrong = cases.filter(
      (each) => PREDICATES[name]?.(String(each.data)) !== each.valid,
    );
    expect(wrong.map((each) => each.description)).toEqual(otherwise);
    expect(cases.length).toBe(texts);
  });
});

describe("what the suite does not ask", () => {
  it.each<[string, string, boolean]>([
    ["byte", "", true],
    ["byte", "aGk=", true],
    ["byte", "aA==", true],
    ["byte", "+/9Z", true],
    ["byte", "aGk", false],
    ["byte", "aGk==", false],
    ["byte", "a===", false],
    ["byte", "====", false],
    ["byte", "aG=k", false],
    ["byte", "-_9Z", false],
    ["byte", "aGk=\n", false],
    ["date-time", "2016-12-31T23:59:60Z", true],
    ["date-time", "2016-12-30T23:59:60Z", false],
    ["date-time", "2017-01-01T00:59:60+01:00", true],
    ["date-time", "2017-01-02T00:59:60+01:00", false],
    ["date-time", "2016-02-29T23:59:60Z", true],
    ["date-time", "2016-02-28T23:59:60Z", false],
    ["date-time", "2016-12-31T00:29:60-23:30", true],
    ["date-time", "2016-12-31 23:59:59Z", false],
    ["date-time", "2016-12-31T23:59:59", false],
    ["date-time", "0000-02-29T00:00:00Z", true],
    ["date-time", "2016-12-31T23:59:59.Z", false],
    ["email", `${"a".repeat(64)}@example.com`, true],
    ["email", `${"a".repeat(65)}@example.com`, false],
    ["email", `"${"a".repeat(62)}"@example.com`, true],
    ["email", `"${"a".repeat(63)}"@example.com`, false],
    ["email", `"a\\"b"@example.com`, true],
    ["email", `"a\\"@example.com`, false],
    ["email", `"a"b@example.com`, false],
    ["email", "a@localhost", true],
    ["email", "a@example.com.", false],
    ["email", "a@[x:y]", false],
    ["email", "a@[IPv6:::1", false],
    ["idn-email", `${"é".repeat(32)}@example.com`, true],
    ["idn-email", `${"é".repeat(33)}@example.com`, false],
    ["hostname", "XN--9N2BP8Q.com", true],
    ["hostname", `${"a.".repeat(126)}a`, true],
    ["hostname", `${"a.".repeat(126)}ab`, false],
    ["ipv6", "1:2:3:4:5:6:7::", true],
    ["ipv6", "1:2:3:4:5:6:7:8::", false],
    ["ipv6", "::2:3:4:5:6:7:8", true],
    ["ipv6", ":::", false],
    ["ipv6", ":", false],
    ["ipv6", "1:2:3:4:5:6:7:1.2.3.4", false],
    ["uri", "http://[fe80::1%25eth0]/", false],
    ["uri", "http://a:80", true],
    ["uri", "http://[::1]x/", false],
    ["uri", "http://user@/", true],
    ["uri", "a:", true],
    ["iri", "http://a/\ud800", false],
    ["iri", "http://a/\ue000", false],
    ["iri", "http://a/?\ue000", true],
    ["uri-template", "{=reserved}", true],
    ["uri-template", "\ud800", false],
    ["uuid", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", false],
    ["duration", "P1Y1M1DT1H1M1S", true],
    ["duration", "P1YT1S", true],
    ["duration", "p1d", false],
    ["duration", "P1DT", false],
    ["duration", "PT1HT1M", false],
    ["duration", "P1W1D", false],
    ["regex", "(", false],
    ["regex", "\\p{Lu}", true],
  ])("%s of %j is %j", (name, text, valid) => {
    expect(PREDICATES[name]?.(text)).toBe(valid);
  });
});

describe("hostile length", () => {
  const length = 200_000;
  const units = [
    "a",
    "0",
    ".",
    "-",
    ":",
    "/",
    "~",
    "~0",
    "%41",
    "%",
    "(",
    "[",
    "{a}",
    "{a,",
    "a.",
    "a@",
    "@",
    '"',
    "\\",
    "=",
    "A",
    "é",
    "😀",
    "〮",
    "·",
    "xn--",
    "xn--a.",
    "1:",
    "::",
    "P1D",
    "T1H",
    " ",
    "\n",
    "\u0000",
    "\ud800",
    "(?:",
    "a|",
    "\\1",
  ];
  const frames: [string, string][] = [
    ["", ""],
    ["2020-01-01T00:00:00.", "Z"],
    ["P", "D"],
    ["a@", ""],
    ['"', '"@example.com'],
    ["http://", "/"],
    ["http://[", "]/"],
    ["http://a/", "\\"],
    ["/", "~"],
    ["{", "}"],
    ["xn--", ""],
    ["1", "#"],
    ["[", "]"],
  ];
  it.each(Object.entries(PREDICATES))("%s stays quick", (_, predicate) => {
    let slowest = 0;
    let slowestText = "";
    for (const [before, after] of frames) {
      for (const unit of units) {
        const middle = unit.repeat(Math.ceil(length / unit.length));
        const text = before + middle + after;
        // Processor time, the least of three: other processes may take the core away.
        let best = Infinity;
        for (let run = 0; run < 3 && best > 20; run++) {
          const start = process.cpuUsage();
          predicate(text);
          const { user, system } = process.cpuUsage(start);
          best = Math.min(best, (user + system) / 1000);
        }
        if (best > slowest) {
          slowest = best;
          slowestText = `${before}${unit}…${after}`;
        }
      }
    }
    expect({ slowestText, quick: slowest < 50 }).toEqual({
      slowestText,
      quick: true,
    });
  });
});
