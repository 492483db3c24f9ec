/** Formats against ajv-formats on near-valid texts: every disagreement has a reason. */
import { readFileSync } from "node:fs";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, it } from "vitest";
import * as formats from "../../../runtime/src/check/formats.js";
import { shared, sharedAvailable } from "../../shared.js";
import { seededRandom } from "../../random.js";
import { nearValid } from "./near-valid.js";

interface Reason {
  why: string;
  applies(text: string): boolean;
}

const SUITE = "suites/json-schema/tests/draft2020-12/optional/format/";
const ROUNDS = 20_000;

const AUTHORITY = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i;
const URI_REASONS: Reason[] = [
  {
    why: "they take `//x` for an empty authority and a path when `x` is no authority (RFC 3986 section 3.3 forbids)",
    applies: (text) => {
      const authority = AUTHORITY.exec(text)?.[1] ?? "";
      return !/^(?:[^@]*@)?(?:\[[^\]]*\]|[^:@]*)(?::\d*)?$/.test(authority);
    },
  },
];

const LEAP_SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:60/i;
const TIME_REASONS: Reason[] = [
  {
    why: "they allow an offset without a colon or minutes (RFC 3339 section 5.6 does not)",
    applies: (text) => /[+-]\d\d(?:\d\d)?$/.test(text),
  },
];

const PAIRS: Record<
  string,
  { ours: (text: string) => boolean; reasons: Reason[]; seeds?: string[] }
> = {
  "date-time": {
    ours: formats.isDateTime,
    reasons: [
      ...TIME_REASONS,
      {
        why: "they round a fraction of many nines up to the next second",
        applies: (text) => /:59\.9{14,}/.test(text),
      },
      {
        why: "they allow white space for the T (RFC 3339 section 5.6 has none in the grammar)",
        applies: (text) => /^.{10}\s/.test(text),
      },
      {
        why: "they allow a leap second within a month (RFC 3339 section 5.7 does not)",
        applies: (text) => LEAP_SECOND.test(text),
      },
    ],
  },
  date: { ours: formats.isDate, reasons: [] },
  time: { ours: formats.isTime, reasons: TIME_REASONS },
  duration: {
    ours: formats.isDuration,
    reasons: [
      {
        why: "they allow years with days and hours with seconds (RFC 3339 appendix A does not)",
        applies: (text) => /\dY\d+D|\dH\d+S/.test(text),
      },
    ],
  },
  email: {
    ours: formats.isEmail,
    reasons: [
      {
        why: "they know no quoted local part (RFC 5321 section 4.1.2)",
        applies: (text) => text.startsWith('"'),
      },
      {
        why: "they know no address literal (RFC 5321 section 4.1.3)",
        applies: (text) => text.endsWith("]"),
      },
      {
        why: "they want a dot in the domain (RFC 5321 section 4.1.2 does not)",
        applies: (text) => !text.slice(text.indexOf("@")).includes("."),
      },
      {
        why: "they know no longest label (RFC 1035 section 2.3.4)",
        applies: (text) => /[a-z0-9-]{64}/i.test(text),
      },
    ],
    seeds: [...suiteTexts("email"), `a@${"b".repeat(63)}.com`],
  },
  hostname: {
    ours: formats.isHostname,
    reasons: [
      {
        why: "they do not look into labels that begin with xn-- (RFC 5890 section 2.3.2.1)",
        applies: (text) => /(?:^|\.)xn--/i.test(text),
      },
      {
        why: "they allow a trailing dot (the suite does not)",
        applies: (text) => text.endsWith("."),
      },
    ],
  },
  ipv4: { ours: formats.isIpv4, reasons: [] },
  ipv6: { ours: formats.isIpv6, reasons: [] },
  uri: {
    ours: formats.isUri,
    reasons: [
      ...URI_REASONS,
      {
        why: "they let an authority follow a single slash, so a path may begin with a bracket",
        applies: (text) => /^(?:[a-z][a-z0-9+.-]*:)?\/\[/i.test(text),
      },
      {
        why: "they want something between the scheme and a query or fragment (RFC 3986 section 3.3 has path-empty)",
        applies: (text) => /^[a-z][a-z0-9+.-]*:[?#]/i.test(text),
      },
    ],
  },
  "uri-reference": {
    ours: formats.isUriReference,
    reasons: [
      ...URI_REASONS,
      {
        why: "they allow a double quote (RFC 3986 section 2 does not)",
        applies: (text) => text.includes('"'),
      },
      {
        why: "they allow a colon in a relative reference's first segment (RFC 3986 section 4.2 does not)",
        applies: (text) =>
          /^[^/?#]*:/.test(text) && !/^[a-z][a-z0-9+.-]*:/i.test(text),
      },
    ],
  },
  uuid: {
    ours: formats.isUuid,
    reasons: [
      {
        why: "they allow the URN (RFC 9562 section 4 does not)",
        applies: (text) => /^urn:uuid:/i.test(text),
      },
    ],
    seeds: [
      ...suiteTexts("uuid"),
      "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    ],
  },
  "uri-template": {
    ours: formats.isUriTemplate,
    reasons: [
      {
        why: "they refuse an apostrophe (RFC 6570 erratum 6937 allows it)",
        applies: (text) => text.includes("'"),
      },
      {
        why: "they know no dots in variable names (RFC 6570 section 2.3)",
        applies: (text) => /\{[^}]*[a-z0-9_]\.[a-z0-9_%][^}]*\}/i.test(text),
      },
    ],
  },
  "json-pointer": { ours: formats.isJsonPointer, reasons: [] },
  "relative-json-pointer": {
    ours: formats.isRelativeJsonPointer,
    reasons: [],
  },
  regex: {
    ours: formats.isRegex,
    reasons: [
      {
        why: "they compile without the u flag (the suite asks for its strictness)",
        applies: (text) => compiles(text, "") && !compiles(text, "u"),
      },
    ],
  },
  byte: {
    ours: formats.isByte,
    reasons: [
      {
        why: "they look at one line of several (RFC 4648 section 3.1 forbids line feeds)",
        applies: (text) => text.includes("\n"),
      },
    ],
    seeds: ["", "aGk=", "aA==", "+/9Z", "YWJjZGVmZ2g="],
  },
};

describe.runIf(sharedAvailable)("against ajv-formats", () => {
  it.each(Object.entries(PAIRS))("%s", (name, { ours, reasons, seeds }) => {
    const random = seededRandom(20_260_101);
    const texts = nearValid(seeds ?? suiteTexts(name), ROUNDS, random);
    const used = new Map(reasons.map((reason) => [reason.why, 0]));
    const unexplained: string[] = [];
    for (const text of texts) {
      const mine = ours(text);
      if (mine === theirs(name, text)) continue;
      const reason = reasons.find((each) => each.applies(text));
      if (reason === undefined) {
        unexplained.push(
          `${mine ? "only we" : "only they"}: ${JSON.stringify(text)}`,
        );
      } else {
        used.set(reason.why, (used.get(reason.why) ?? 0) + 1);
      }
    }
    expect(unexplained.slice(0, 20)).toEqual([]);
    // A reason that explains nothing any more must go.
    expect([...used].filter(([, count]) => count === 0)).toEqual([]);
    const valid = texts.filter((text) => ours(text)).length;
    expect(valid).toBeGreaterThan(ROUNDS / 100);
    expect(valid).toBeLessThan(ROUNDS);
  });
});

function suiteTexts(name: string): string[] {
  if (!sharedAvailable) return [];
  const groups: { tests: { data: unknown; valid: boolean }[] }[] = JSON.parse(
    readFileSync(shared(`${SUITE}${name}.json`), "utf8"),
  );
  return groups
    .flatMap((group) => group.tests)
    .filter((each) => each.valid && typeof each.data === "string")
    .map((each) => String(each.data));
}

function theirs(name: string, text: string): boolean {
  const entry: unknown = Object.entries(fullFormats).find(
    ([key]) => key === name,
  )?.[1];
  const definition =
    typeof entry === "object" && entry !== null && "validate" in entry
      ? entry.validate
      : entry;
  if (definition instanceof RegExp) {
    definition.lastIndex = 0;
    return definition.test(text);
  }
  if (typeof definition === "function") return definition(text) === true;
  throw new Error(`no format ${name}`);
}

function compiles(text: string, flags: string): boolean {
  try {
    new RegExp(text, flags);
    return true;
  } catch {
    return false;
  }
}
