/** The documentation in a real browser that reaches nobody but the service. */
import { existsSync, readFileSync } from "node:fs";
import { createApp } from "@kontract/runtime";
import { docs } from "@kontract/runtime/docs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateService } from "../../service.js";
import { shared, sharedAvailable } from "../../shared.js";
import { recordingLogger, type Running, serve } from "../fixture/serve.js";

const CHROMIUM = "/usr/bin/chromium";

const document = {
  openapi: "3.1.0",
  info: { title: 'Plants & "pots" <b>', version: "1.0.0" },
  // Not where it runs: *Try it out* must not go there.
  servers: [{ url: "https://api.example.com/v1" }],
  paths: {
    "/plants/{name}": {
      get: {
        operationId: "getPlant",
        tags: ["plants"],
        summary: "Get a plant.",
        parameters: [
          {
            name: "name",
            in: "path",
            required: true,
            schema: { type: "string" },
            example: "fern",
          },
        ],
        responses: {
          200: {
            description: "It",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["name"],
                  properties: { name: { type: "string" } },
                },
              },
            },
          },
        },
      },
    },
  },
};

/** What a page did that it must not do. */
interface Watched {
  page: Page;
  violations: string[];
  foreign: string[];
  errors: string[];
}

describe.skipIf(!existsSync(CHROMIUM) || !sharedAvailable)(
  "in a browser",
  () => {
    let browser: Browser;
    let service: Running;
    let hostile: Running;

    beforeAll(async () => {
      const { createRouter } = await generateService("docs-plants", document);
      const { logger } = recordingLogger();
      const app = createApp({ logger });
      app.use(docs({ document }));
      const handlers = {
        plants: {
          getPlant: ({ params }: { params: { name: string } }) => ({
            status: 200,
            body: { name: params.name },
          }),
        },
      };
      app.use(createRouter(handlers).routes());
      service = await serve(app);
      const other = createApp({ logger });
      const text = readFileSync(
        shared("specs/hostile/inj-html-docs.json"),
        "utf8",
      );
      other.use(docs({ document: JSON.parse(text) as object }));
      hostile = await serve(other);
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          "--no-sandbox",
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
      });
    });

    afterAll(async () => {
      await browser?.close();
      await service?.close();
      await hostile?.close();
    });

    async function open(url: string, path: string): Promise<Watched> {
      const page = await browser.newPage();
      const watched: Watched = {
        page,
        violations: [],
        foreign: [],
        errors: [],
      };
      page.on("request", (request) => {
        const target = request.url();
        if (!target.startsWith(url) && !/^(data|blob):/.test(target)) {
          watched.foreign.push(target);
        }
      });
      page.on("pageerror", (error) => watched.errors.push(error.message));
      page.on("console", (message) => {
        const text = message.text();
        if (/Content Security Policy/i.test(text))
          watched.violations.push(text);
      });
      await page.goto(`${url}${path}`);
      return watched;
    }

    const clean = { violations: [], foreign: [], errors: [] };

    it("Swagger UI shows the service and asks it, within its policy", async () => {
      const watched = await open(service.url, "/docs");
      const { page, ...seen } = watched;
      expect(await page.title()).toBe(document.info.title);
      await page.click(".opblock-summary-control");
      await page.click("button.try-out__btn");
      await page.click("button.execute");
      const answer = page.locator(".live-responses-table .response-col_status");
      await answer.last().waitFor();
      expect(await answer.last().textContent()).toMatch(/^200/);
      expect(await page.locator(".request-url pre").textContent()).toBe(
        `${service.url}/plants/fern`,
      );
      expect(seen).toEqual(clean);
      await page.close();
    });

    it("Redoc shows the service, styled, within its policy", async () => {
      const watched = await open(service.url, "/redoc");
      const { page, ...seen } = watched;
      await page.locator("h1", { hasText: "Plants" }).waitFor();
      await page.locator("h2", { hasText: "Get a plant." }).waitFor();
      // Its menu stands beside the text only when its styles are allowed.
      const menu = await page.locator(".menu-content").boundingBox();
      expect(menu?.width).toBe(260);
      await page.waitForLoadState("networkidle");
      expect(seen).toEqual(clean);
      await page.close();
    });

    it.each(["/docs", "/redoc"])(
      "a hostile document runs nothing and calls nobody from %s",
      async (path) => {
        const { page, foreign } = await open(hostile.url, path);
        await page
          .locator("#documentation h1, #documentation .title")
          .first()
          .waitFor();
        if (path === "/docs") await page.click(".opblock-summary-control");
        await page.waitForLoadState("networkidle");
        expect(await page.evaluate("globalThis.__pwned")).toBeUndefined();
        expect(await page.locator("a[href^='javascript:']").count()).toBe(0);
        // The image that it asks for is refused by the policy before it is fetched.
        expect(foreign.filter((url) => !url.endsWith("/t.gif"))).toEqual([]);
        await page.close();
      },
    );
  },
);
