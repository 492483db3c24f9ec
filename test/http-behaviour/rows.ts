/** The rows of HTTP behaviour: a situation, where it is settled, and what is asked of the server. */
import { expect } from "vitest";
import { calls } from "./document.js";
import { type Answer, written } from "./raw.js";

export type Ask = (bytes: string) => Promise<Answer>;

export interface Row {
  situation: string;
  reference: string;
  holds(ask: Ask): Promise<void>;
}

const JSON_TYPE = "Content-Type: application/json";
const ALLOWED = "GET, HEAD, POST, PATCH, OPTIONS";

function isProblem(answer: Answer, status: number): void {
  expect(answer.head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer.field("content-type")).toBe("application/problem+json");
  expect(answer.json()).toMatchObject({ status });
}

async function refused(
  ask: Ask,
  status: number | readonly number[],
  requests: readonly string[],
): Promise<void> {
  for (const request of requests) {
    const before = calls.length;
    const answer = await ask(request);
    const wanted = typeof status === "number" ? [status] : status;
    expect({ request: request.slice(0, 200), status: answer.status }).toEqual({
      request: request.slice(0, 200),
      status: wanted.find((each) => each === answer.status) ?? wanted[0],
    });
    isProblem(answer, answer.status);
    expect(calls.length).toBe(before);
  }
}

async function accepted(ask: Ask, requests: readonly string[]): Promise<void> {
  for (const request of requests) {
    expect([request.slice(0, 200), (await ask(request)).status]).toEqual([
      request.slice(0, 200),
      200,
    ]);
  }
}

const post = (body: string, ...fields: string[]) =>
  written("POST /things", [JSON_TYPE, ...fields], body);

export const ROWS: readonly Row[] = [
  {
    situation: "method not in the document",
    reference: "RFC 9110 15.5.6",
    async holds(ask) {
      const answer = await ask(written("DELETE /things"));
      isProblem(answer, 405);
      const allow = answer.field("allow")?.split(", ").toSorted();
      expect(allow).toEqual(ALLOWED.split(", ").toSorted());
    },
  },
  {
    situation: "unknown method",
    reference: "RFC 9110 9.1",
    holds: (ask) => refused(ask, [400, 405, 501], [written("FROB /things")]),
  },
  {
    situation: "OPTIONS",
    reference: "RFC 9110 9.3.7",
    async holds(ask) {
      const answer = await ask(written("OPTIONS /things"));
      expect([answer.status, answer.body]).toEqual([204, ""]);
      const allow = answer.field("allow")?.split(", ").toSorted();
      expect(allow).toEqual(ALLOWED.split(", ").toSorted());
    },
  },
  {
    situation: "HEAD where GET is documented",
    reference: "RFC 9110 9.3.2",
    async holds(ask) {
      const get = await ask(written("GET /things"));
      const head = await ask(written("HEAD /things"));
      expect([head.status, head.body]).toEqual([200, ""]);
      const plain = (text: string) => text.replace(/^Date: .*\r\n/im, "");
      expect(plain(head.head)).toBe(plain(get.head));
    },
  },
  {
    situation: "unknown path",
    reference: "RFC 9110 15.5.5; RFC 3986 6.2.2.1",
    holds: (ask) =>
      refused(
        ask,
        404,
        ["/nowhere", "/Things", "/things/", "//things", "/things//"].map(
          (path) => written(`GET ${path}`),
        ),
      ),
  },
  {
    situation: "invalid path parameter",
    reference: "RFC 9110 15.5.1",
    async holds(ask) {
      await refused(ask, 400, [written("GET /things/x")]);
      await refused(ask, 404, [written("GET /names/")]);
    },
  },
  {
    situation: "bad percent-encoding, NUL and invalid UTF-8",
    reference: "RFC 3986 2.1, 2.5",
    holds: (ask) =>
      refused(
        ask,
        400,
        ["%zz", "%", "%00", "%ff", "%c0%af", "%ed%a0%80"].flatMap((text) => [
          written(`GET /names/${text}`),
          written(`GET /things?q=${text}`),
        ]),
      ),
  },
  {
    situation: "an encoded slash",
    reference: "RFC 3986 2.2",
    async holds(ask) {
      const slash = await ask(written("GET /names/a%2Fb"));
      expect(slash.json()).toEqual({ name: "a/b" });
      const once = await ask(written("GET /names/a%252Fb"));
      expect(once.json()).toEqual({ name: "a%2Fb" });
    },
  },
  {
    situation: "absolute-form target",
    reference: "RFC 9112 3.2.2",
    holds: (ask) => accepted(ask, [written("GET http://b.example/things")]),
  },
  {
    situation: "no Host, two, or a malformed one",
    reference: "RFC 9112 3.2",
    holds: (ask) =>
      refused(ask, 400, [
        "GET /things HTTP/1.1\r\n\r\n",
        "GET /things HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /things HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /things HTTP/1.1\r\nHost: u@a\r\n\r\n",
        "GET /things HTTP/1.1\r\nHost: a/b\r\n\r\n",
      ]),
  },
  {
    situation: "framing that is ambiguous",
    reference: "RFC 9112 6.1-6.3, 7.1",
    holds: (ask) =>
      refused(
        ask,
        400,
        [
          "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
          "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
          "Content-Length: +2\r\n\r\n{}",
          "Content-Length: x\r\n\r\n{}",
          "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ].map(
          (rest) =>
            `POST /things HTTP/1.1\r\nHost: a\r\n${JSON_TYPE}\r\n${rest}`,
        ),
      ),
  },
  {
    situation: "a header section or a target that is too large",
    reference: "RFC 6585 5; RFC 9110 15.5.15",
    async holds(ask) {
      const many = Array.from({ length: 200 }, (_, at) => `X${at}: 1`);
      await refused(ask, 431, [
        written("GET /things", [`X: ${"x".repeat(20_000)}`]),
        written("GET /things", many),
      ]);
      await refused(ask, 414, [written(`GET /${"x".repeat(20_000)}`)]);
    },
  },
  {
    situation: "a body that is too large",
    reference: "RFC 9110 15.5.14; RFC 9112 9.6",
    async holds(ask) {
      const large = `"${"x".repeat(2_000)}"`;
      const head = `POST /small HTTP/1.1\r\nHost: a\r\n${JSON_TYPE}\r\n`;
      await refused(ask, 413, [
        // at once: the body never comes
        `${head}Content-Length: 2002\r\nConnection: close\r\n\r\n`,
        written("POST /small", [JSON_TYPE], large),
        `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n7d2\r\n${large}\r\n0\r\n\r\n`,
      ]);
    },
  },
  {
    situation: "a media type, charset or coding that is not documented",
    reference: "RFC 9110 15.5.16, 12.5.3; RFC 5789 2.2, 3.1; LDP 7.1",
    async holds(ask) {
      const wrong = written("POST /things", ["Content-Type: text/plain"], "{}");
      const patch = written("PATCH /things", ["Content-Type: text/plain"], "1");
      const latin = written(
        "POST /things",
        [`${JSON_TYPE};charset=latin1`],
        "{}",
      );
      const coded = post("{}", "Content-Encoding: compress");
      await refused(ask, 415, [wrong, patch, latin, coded]);
      expect((await ask(wrong)).field("accept-post")).toBe("application/json");
      expect((await ask(patch)).field("accept-patch")).toBe(
        "application/merge-patch+json",
      );
      expect((await ask(coded)).field("accept-encoding")).toBeDefined();
    },
  },
  {
    situation: "other spellings of a media type",
    reference: "RFC 9110 8.3.1",
    holds: (ask) =>
      accepted(
        ask,
        [
          "APPLICATION/JSON",
          "application/json;charset=utf-8",
          'application/json ; Charset="UTF-8"',
          "application/json;",
        ].map((type) =>
          written("POST /things", [`Content-Type: ${type}`], '{"name":"a"}'),
        ),
      ),
  },
  {
    situation: "nothing acceptable",
    reference: "RFC 9110 15.5.7, 12.5.1",
    holds: (ask) =>
      refused(
        ask,
        406,
        ["image/png", "*/*;q=0", "application/json;q=0"].map((accept) =>
          written("GET /things", [`Accept: ${accept}`]),
        ),
      ),
  },
  {
    situation: "a required body that is empty",
    reference: "OpenAPI requestBody.required",
    holds: (ask) =>
      refused(ask, 400, [post(""), written("POST /things", [JSON_TYPE])]),
  },
  {
    situation: "malformed JSON",
    reference: "RFC 8259 2, 8.1",
    holds: (ask) =>
      refused(
        ask,
        400,
        ["{", "NaN", "{} x", "{'a':1}", '{"name":"\xff"}', "[1,]"].map((text) =>
          post(text),
        ),
      ),
  },
  {
    situation: "a byte order mark",
    reference: "RFC 8259 8.1",
    async holds(ask) {
      const { status } = await ask(post('\xef\xbb\xbf{"name":"a"}'));
      expect([200, 400]).toContain(status);
    },
  },
  {
    situation: "a member twice",
    reference: "RFC 8259 4; RFC 7493 2.3",
    async holds(ask) {
      // the last one is what is validated, and what the handler gets
      const last = await ask(post('{"name":1,"\\u006eame":"b"}'));
      expect([last.status, last.json()]).toEqual([200, { name: "b" }]);
      await refused(ask, 422, [post('{"name":"a","name":1}')]);
    },
  },
  {
    situation: "numbers without bounds",
    reference: "RFC 8259 6; RFC 7493 2.2",
    holds: (ask) =>
      refused(
        ask,
        [400, 422],
        [
          '{"name":"a","size":1e999}',
          '{"name":"a","size":101}',
          '{"name":"a","id":1.5}',
          `{"name":"a","size":1${"0".repeat(400)}}`,
        ].map((text) => post(text)),
      ),
  },
  {
    situation: "depth and number of members",
    reference: "RFC 8259 9",
    async holds(ask) {
      const start = performance.now();
      const bodies = [
        "[".repeat(65) + "]".repeat(65),
        `{"a":${"[".repeat(50_000)}`,
        `{${Array.from({ length: 50_001 }, (_, at) => `"k${at}":0`).join()}}`,
      ];
      await refused(
        ask,
        [400, 413],
        bodies.map((text) => written("POST /open", [JSON_TYPE], text)),
      );
      // generous for a machine that does other things; a tree walked without bounds takes far longer
      expect(performance.now() - start).toBeLessThan(5_000);
    },
  },
  {
    situation: "names of prototypes",
    reference: "CWE-1321",
    async holds(ask) {
      const text = '{"__proto__":{"polluted":1},"constructor":{"a":1}}';
      await refused(ask, 422, [post(`${text.slice(0, -1)},"name":"a"}`)]);
      const open = await ask(written("POST /open", [JSON_TYPE], text));
      expect(open.json()).toEqual({
        own: ["__proto__", "constructor"],
        isPlain: true,
        polluted: false,
      });
    },
  },
  {
    situation: "a body that is not valid",
    reference: "RFC 9457",
    async holds(ask) {
      const answer = await ask(post('{"name":"a","size":"secret-value"}'));
      isProblem(answer, 422);
      expect(answer.json()["errors"]).toMatchObject([
        { pointer: "#/size", code: "type" },
      ]);
      expect(answer.body).not.toContain("secret-value");
    },
  },
  {
    situation: "no credential, or a bad one",
    reference: "RFC 9110 15.5.2, 11.6.1; RFC 6750 3",
    async holds(ask) {
      const head = `POST /secured HTTP/1.1\r\nHost: a\r\n${JSON_TYPE}\r\nContent-Length: 900\r\nConnection: close\r\n`;
      // before the body is read: it never comes
      const none = `${head}\r\n`;
      const bad = `${head}Authorization: Bearer bad\r\n\r\n`;
      await refused(ask, 401, [none, bad]);
      expect((await ask(none)).field("www-authenticate")).toMatch(/^Bearer /);
      expect((await ask(bad)).field("www-authenticate")).toContain(
        'error="invalid_token"',
      );
    },
  },
  {
    situation: "a credential without the scope",
    reference: "RFC 6750 3.1",
    async holds(ask) {
      const request = written(
        "POST /secured",
        [JSON_TYPE, "Authorization: Bearer weak"],
        "{}",
      );
      await refused(ask, 403, [request]);
      const challenge = (await ask(request)).field("www-authenticate");
      expect(challenge).toContain('error="insufficient_scope"');
      expect(challenge).toContain('scope="write"');
    },
  },
  {
    situation: "If-None-Match",
    reference: "RFC 9110 13.1.2, 13.1.3, 15.4.5",
    async holds(ask) {
      const fresh = await ask(written("GET /things"));
      const etag = fresh.field("etag") ?? "";
      expect(etag).toMatch(/^"/);
      for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
        const answer = await ask(
          written("GET /things", [
            `If-None-Match: ${tags}`,
            "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
          ]),
        );
        expect([tags, answer.status, answer.body]).toEqual([tags, 304, ""]);
        expect(answer.field("etag")).toBe(etag);
        expect(answer.field("cache-control")).toBe("max-age=60");
      }
      await accepted(ask, [written("GET /things", ['If-None-Match: "x"'])]);
    },
  },
  {
    situation: "If-Match",
    reference: "RFC 9110 13.1.1; RFC 6585 3",
    async holds(ask) {
      const put = (...fields: string[]) => written("PUT /things/1", fields);
      expect((await ask(put('If-Match: "7"'))).status).toBe(204);
      expect((await ask(put('If-Match: "x", "7"'))).status).toBe(204);
      isProblem(await ask(put('If-Match: "8"')), 412);
      isProblem(await ask(put('If-Match: W/"7"')), 412);
      isProblem(await ask(put()), 428);
    },
  },
  {
    situation: "a request above the limit",
    reference: "RFC 6585 4; RFC 9110 10.2.3",
    async holds(ask) {
      const request = written("GET /limited");
      await ask(request);
      const last = await ask(request);
      expect(last.status).toBe(200);
      expect(last.field("ratelimit")).toContain("r=0");
      const answer = await ask(request);
      isProblem(answer, 429);
      expect(Number(answer.field("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(answer.field("ratelimit-policy")).toContain("q=2");
      expect(answer.field("ratelimit")).toContain("r=0");
    },
  },
  {
    situation: "slow headers, and a slow body",
    reference: "RFC 9110 15.5.9",
    holds: (ask) =>
      refused(ask, 408, [
        "GET /things HTTP/1.1\r\nHost:",
        `POST /things HTTP/1.1\r\nHost: a\r\n${JSON_TYPE}\r\nContent-Length: 10\r\n\r\n{`,
      ]),
  },
  {
    situation: "Expect",
    reference: "RFC 9110 10.1.1",
    async holds(ask) {
      const expecting = (line: string, ...fields: string[]) =>
        `${line} HTTP/1.1\r\nHost: a\r\n${fields.join("\r\n")}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n`;
      const go = "Expect: 100-continue";
      await refused(ask, 401, [expecting("POST /secured", JSON_TYPE, go)]);
      await refused(ask, 415, [
        expecting("POST /things", "Content-Type: text/plain", go),
      ]);
      await refused(ask, 417, [
        expecting("POST /things", JSON_TYPE, "Expect: more"),
      ]);
      const answer = await ask(`${expecting("POST /small", JSON_TYPE, go)}{}`);
      expect(answer.text).toMatch(
        /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
      );
    },
  },
  {
    situation: "CR, LF or NUL in a field of an answer",
    reference: "RFC 9110 5.5; CWE-113",
    async holds(ask) {
      for (const text of ["a%0D%0AX-Evil:%201", "a%0Ab", "a%0Db"]) {
        const answer = await ask(written(`GET /split?v=${text}`));
        isProblem(answer, 500);
        expect(answer.head).not.toMatch(/x-evil/i);
      }
      await accepted(ask, [written("GET /split?v=ok")]);
    },
  },
  {
    situation: "pipelining, and a body after an early error",
    reference: "RFC 9112 9.3.2; CWE-444",
    async holds(ask) {
      const ordered = await ask(
        `GET /slow HTTP/1.1\r\nHost: a\r\n\r\n${written("GET /names/second")}`,
      );
      expect(ordered.text).toMatch(/"slow"[^]*"second"/);
      const hidden = "GET /names/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
      const before = calls.length;
      const early = await ask(
        `POST /secured HTTP/1.1\r\nHost: a\r\n${JSON_TYPE}\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}${written("GET /nowhere")}`,
      );
      expect(early.status).toBe(401);
      expect(early.text).not.toContain("smuggled");
      expect(calls.length).toBe(before);
    },
  },
  {
    situation: "request errors before routing",
    reference: "RFC 9457",
    holds: (ask) => refused(ask, 400, ["\x16\x03\x01\x00", "GET\r\n\r\n"]),
  },
  {
    situation: "an unhandled exception",
    reference: "CWE-209",
    async holds(ask) {
      const answer = await ask(written("GET /fault"));
      isProblem(answer, 500);
      expect(answer.json()["requestId"]).toMatch(/^[\w-]{36}$/);
      expect(answer.text).not.toMatch(/secret|srv|main\.js|Error:/);
    },
  },
];
