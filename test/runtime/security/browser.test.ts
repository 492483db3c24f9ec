/** CORS and forged requests in a real browser: pages of three sites, and cookies, over TLS. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { createApp } from "@kontract/runtime";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Certificates,
  makeCertificates,
} from "../fixture/certificates.js";
import { lab } from "../fixture/lab.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

const CHROMIUM = "/usr/bin/chromium";

describe.skipIf(!existsSync(CHROMIUM))("a browser", () => {
  let browser: Browser;
  let pages: Server;
  let pagePort: number;
  let api: Running;
  let apiOrigin: string;
  let appPage: Page;
  let evilPage: Page;
  let neighbourPage: Page;
  let ownPage: Page;
  /** Method, path and status of what arrived. */
  let arrived: string[] = [];
  let written = 0;

  async function startApi(certificates: Certificates): Promise<void> {
    const app = createApp({
      logger: recordingLogger().logger,
      server: { tls: certificates.server },
    });
    app.use(async (ctx, next) => {
      if (ctx.path !== "/login") {
        await next();
        arrived.push(`${ctx.method} ${ctx.path} ${ctx.status}`);
        return;
      }
      ctx.set("Set-Cookie", "sid=s; Secure; HttpOnly; SameSite=None; Path=/");
      ctx.set("Content-Security-Policy", "default-src 'self'");
      ctx.type = "html";
      ctx.body = "<!doctype html><title>own</title>";
    });
    const security = [{ sid: [] }];
    const body = {
      required: false,
      media: {
        "application/json": "json",
        "application/x-www-form-urlencoded": "text",
        "text/plain": "text",
      },
    } as const;
    app.use(
      lab(
        [
          {
            id: "read",
            security,
            requestHeaders: ["x-trace"],
            responseHeaders: ["x-total"],
            handle: ({ principal }) => ({
              status: 200,
              body: principal,
              headers: { "x-total": "7", "x-hidden": "8" },
            }),
          },
          {
            id: "write",
            method: "POST",
            security,
            requestHeaders: ["content-type"],
            body,
            handle() {
              written += 1;
              return { status: 200, body: {} };
            },
          },
          {
            id: "fail",
            path: "/fail",
            security,
            handle() {
              throw new Error("inside");
            },
          },
        ],
        {
          schemes: { sid: { kind: "apiKey", in: "cookie", parameter: "sid" } },
          security: {
            sid: (id: string) => (id === "s" ? { id: "ann" } : null),
          },
          logger: recordingLogger().logger,
          cors: {
            origins: [`https://app.site.test:${pagePort}`],
            credentials: true,
            maxAge: 60,
          },
        },
      ).routes(),
    );
    api = await serve(app);
    apiOrigin = `https://api.site.test:${api.port}`;
  }

  async function open(url: string): Promise<Page> {
    const [context] = browser.contexts();
    if (context === undefined) throw new Error("no context");
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  beforeAll(async () => {
    const certificates = makeCertificates();
    pages = createServer(certificates.server, (_req, res) => {
      res.setHeader("Content-Type", "text/html");
      res.end("<!doctype html><title>page</title>");
    }).listen(0, "127.0.0.1");
    await once(pages, "listening");
    pagePort = (pages.address() as AddressInfo).port;
    await startApi(certificates);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--ignore-certificate-errors",
        "--host-resolver-rules=MAP *.test 127.0.0.1",
      ],
    });
    await browser.newContext({ ignoreHTTPSErrors: true });
    // The user is signed in.
    ownPage = await open(`${apiOrigin}/login`);
    appPage = await open(`https://app.site.test:${pagePort}/`);
    evilPage = await open(`https://evil.test:${pagePort}/`);
    neighbourPage = await open(`https://evil.site.test:${pagePort}/`);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    pages?.closeAllConnections();
    pages?.close();
  });

  /** What a script of the page gets to see. */
  function fetchFrom(page: Page, path: string, init: object = {}) {
    const options = JSON.stringify({ credentials: "include", ...init });
    return page.evaluate<Record<string, unknown>>(
      `fetch(${JSON.stringify(apiOrigin + path)}, ${options}).then(
        async (response) => ({
          status: response.status,
          text: await response.text(),
          total: response.headers.get("x-total"),
          hidden: response.headers.get("x-hidden"),
        }),
        (error) => ({ failed: error.name }),
      )`,
    );
  }

  it("lets an allowed page read with cookies, and the declared header fields only", async () => {
    expect(await fetchFrom(appPage, "/thing")).toEqual({
      status: 200,
      text: '{"id":"ann"}',
      total: "7",
      hidden: null,
    });
  });

  it("lets an allowed page see errors", async () => {
    expect(await fetchFrom(appPage, "/fail")).toMatchObject({ status: 500 });
    expect(await fetchFrom(appPage, "/nowhere")).toMatchObject({ status: 404 });
    const options = { credentials: "omit" };
    expect(await fetchFrom(appPage, "/thing", options)).toMatchObject({
      status: 401,
    });
  });

  it("asks once for what it may send, and keeps the answer", async () => {
    arrived = [];
    const init = { headers: { "X-Trace": "1" } };
    for (let each = 0; each < 3; each++) {
      expect(await fetchFrom(appPage, "/thing", init)).toMatchObject({
        status: 200,
      });
    }
    expect(arrived).toEqual([
      "OPTIONS /thing 204",
      ...Array<string>(3).fill("GET /thing 200"),
    ]);
  });

  it("does not send what the operations do not read", async () => {
    arrived = [];
    const init = { headers: { "X-Undeclared": "1" } };
    expect(await fetchFrom(appPage, "/fail", init)).toEqual({
      failed: "TypeError",
    });
    expect(arrived).toEqual(["OPTIONS /fail 204"]);
  });

  it("shows another page nothing", async () => {
    expect(await fetchFrom(evilPage, "/thing")).toEqual({
      failed: "TypeError",
    });
    arrived = [];
    const json = {
      method: "POST",
      body: "{}",
      headers: { "Content-Type": "application/json" },
    };
    expect(await fetchFrom(evilPage, "/thing", json)).toEqual({
      failed: "TypeError",
    });
    expect(arrived).toEqual(["OPTIONS /thing 204"]);
  });

  describe("with the user's cookie", () => {
    const post = { method: "POST", body: "a=1" };

    it("writes for the own page and for an allowed one", async () => {
      written = 0;
      expect(await fetchFrom(ownPage, "/thing", post)).toMatchObject({
        status: 200,
      });
      expect(await fetchFrom(appPage, "/thing", post)).toMatchObject({
        status: 200,
      });
      expect(written).toBe(2);
    });

    it("writes nothing for a script of another page, which needs no preflight to send", async () => {
      written = 0;
      arrived = [];
      const init = { ...post, mode: "no-cors" };
      // Of the same site, so that the cookie comes along; and not even the refusal can be seen.
      expect(await fetchFrom(neighbourPage, "/thing", init)).toEqual({
        failed: "TypeError",
      });
      expect(arrived).toEqual(["POST /thing 403"]);
      expect(written).toBe(0);
    });

    it("writes nothing for a form of another page", async () => {
      written = 0;
      const page = await open(`https://evil.test:${pagePort}/form`);
      const [response] = await Promise.all([
        page.waitForResponse(`${apiOrigin}/thing`),
        page.evaluate(
          `document.body.innerHTML = '<form method="post" action="${apiOrigin}/thing"><input name="a" value="1"></form>';
           document.forms[0].submit()`,
        ),
      ]);
      const sent = await response.request().allHeaders();
      expect(sent["cookie"]).toBe("sid=s");
      expect(sent["sec-fetch-site"]).toBe("cross-site");
      expect(response.status()).toBe(403);
      expect(written).toBe(0);
      await page.close();
    });
  });
});
