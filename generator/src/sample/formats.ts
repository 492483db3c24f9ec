/** Room `sample`: texts that have a format, and the question whether one has it. */
import * as runtime from "@kontract/runtime/codegen1";
import type { StringFormat } from "../model/schema.js";

interface Format {
  test(text: string): boolean;
  texts: readonly [string, ...string[]];
}

/** The first text of each is what a sample shows; the others differ, in length too. */
const FORMATS: Record<StringFormat, Format> = {
  "date-time": {
    test: runtime.isDateTime,
    texts: [
      "2024-05-17T09:30:00Z",
      "2024-05-18T09:30:00.250Z",
      "2023-01-02T03:04:05+01:00",
    ],
  },
  date: { test: runtime.isDate, texts: ["2024-05-17", "2024-02-29"] },
  time: { test: runtime.isTime, texts: ["09:30:00Z", "23:59:59.5+01:00"] },
  duration: { test: runtime.isDuration, texts: ["P1D", "PT1H30M", "P2W"] },
  email: {
    test: runtime.isEmail,
    texts: ["user@example.com", "a@b.co", "another.user@example.com"],
  },
  "idn-email": {
    test: runtime.isIdnEmail,
    texts: ["user@example.com", "a@b.co"],
  },
  hostname: {
    test: runtime.isHostname,
    texts: ["example.com", "a.co", "www.example.com"],
  },
  "idn-hostname": {
    test: runtime.isIdnHostname,
    texts: ["example.com", "a.co"],
  },
  ipv4: { test: runtime.isIpv4, texts: ["192.0.2.1", "192.0.2.254"] },
  ipv6: { test: runtime.isIpv6, texts: ["2001:db8::1", "::1", "2001:db8::2"] },
  uri: {
    test: runtime.isUri,
    texts: ["https://example.com/", "a:b", "https://example.com/path?q=1"],
  },
  "uri-reference": {
    test: runtime.isUriReference,
    texts: ["https://example.com/", "/path", "#a"],
  },
  iri: {
    test: runtime.isIri,
    texts: ["https://example.com/", "a:b", "https://example.com/path"],
  },
  "iri-reference": {
    test: runtime.isIriReference,
    texts: ["https://example.com/", "/path", "#a"],
  },
  uuid: {
    test: runtime.isUuid,
    texts: [
      "3fa85f64-5717-4562-b3fc-2c963f66afa6",
      "7c9e6679-7425-40de-944b-e07fc1f90ae7",
      "00000000-0000-4000-8000-000000000001",
    ],
  },
  "uri-template": {
    test: runtime.isUriTemplate,
    texts: ["/books/{id}", "/a", "https://example.com/{path}"],
  },
  "json-pointer": {
    test: runtime.isJsonPointer,
    texts: ["/a/0", "", "/a/b/c"],
  },
  "relative-json-pointer": {
    test: runtime.isRelativeJsonPointer,
    texts: ["0", "1/a", "0#"],
  },
  regex: { test: runtime.isRegex, texts: ["^[a-z]+$", "a", ".*"] },
  byte: { test: runtime.isByte, texts: ["c2FtcGxl", "", "YWJjZA=="] },
};

export function hasFormat(format: StringFormat, text: string): boolean {
  return FORMATS[format].test(text);
}

export function textsOf(format: StringFormat): readonly string[] {
  return FORMATS[format].texts;
}
