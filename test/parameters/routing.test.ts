/** Which operation of a document a request target leads to, and with which values. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/src/load/document.js";
import { type Served, serveDocument } from "./served-document.js";

/** Methods by path key; an operation is called by both. */
const ROUTES: Record<string, string[]> = {
  "/users/{id}": ["get", "post"],
  "/users/me": ["get"],
  "/files/{name}": ["put"],
  "/files/{name}.json": ["get"],
  "/files/{name}.{ext}": ["patch"],
  "/jobs/{id}:activate": ["post"],
  "/jobs/{id}": ["get"],
  "/dir/": ["get"],
  "/Case": ["get"],
};

let served: Served;
beforeAll(async () => {
  const paths: JsonObject = {};
  for (const [path, methods] of Object.entries(ROUTES)) {
    const item: JsonObject = {};
    for (const method of methods) {
      item[method] = {
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
          name,
          in: "path",
          required: true,
          schema: { type: "string" },
        })),
        operationId: `${method} ${path}`,
        responses: { "204": { description: "done" } },
      };
    }
    paths[path] = item;
  }
  served = await serveDocument("routing", {
    openapi: "3.1.1",
    info: { title: "Routing", version: "1" },
    paths,
  });
}, 60_000);
afterAll(() => served.close());

describe("a request is served by the most concrete path that has its method", () => {
  it.each<[string, string, object]>([
    ["GET", "/users/me", {}],
    ["GET", "/users/7", { id: "7" }],
    ["POST", "/users/me", { id: "me" }],
    ["POST", "/users/%6De", { id: "me" }],
    ["GET", "/files/a.json", { name: "a" }],
    ["PUT", "/files/a.json", { name: "a.json" }],
    ["PATCH", "/files/a.json", { name: "a", ext: "json" }],
    ["POST", "/jobs/5:activate", { id: "5" }],
    ["GET", "/jobs/5:activate", { id: "5:activate" }],
    ["GET", "/users/a%2Fb", { id: "a/b" }],
    ["GET", "/users/a%252Fb", { id: "a%2Fb" }],
    ["GET", "/users/..", { id: ".." }],
    ["GET", "http://elsewhere.example/users/7?x=1", { id: "7" }],
    ["GET", "/dir/", {}],
  ])("%s %s", async (method, target, params) => {
    const { status, received } = await served.send({ method, target });
    expect({ status, params: received?.params ?? {} }).toEqual({
      status: 204,
      params,
    });
  });

  it.each([
    ["GET", "/users/me", /^get/],
    ["HEAD", "/users/me", /^get/],
    ["POST", "/users/me", /^post/],
  ])("%s %s calls its operation", async (method, target, name) => {
    const { operation } = await served.send({ method, target });
    expect(operation).toMatch(name);
  });
});

describe("refusals", () => {
  it.each([
    ["DELETE", "/users/me", "GET, HEAD, POST, OPTIONS"],
    ["DELETE", "/users/7", "GET, HEAD, POST, OPTIONS"],
    ["DELETE", "/files/a.json", "GET, HEAD, PATCH, PUT, OPTIONS"],
    ["DELETE", "/jobs/5:activate", "POST, GET, HEAD, OPTIONS"],
  ])(
    "%s %s names all methods that are served",
    async (method, target, allow) => {
      const refused = await served.send({ method, target });
      expect([refused.status, refused.headers["allow"]]).toEqual([405, allow]);
      const options = await served.send({ method: "OPTIONS", target });
      expect([options.status, options.headers["allow"]]).toEqual([204, allow]);
    },
  );

  it.each([
    "/dir",
    "/users/7/",
    "/users//",
    "/users/",
    "//users/7",
    "/./users/7",
    "/case",
    "/users/7/../8",
  ])("%s is another path", async (target) => {
    expect((await served.send({ target })).status).toBe(404);
  });

  it.each([
    "/users/%zz",
    "/users/%",
    "/users/%ff",
    "/users/%00",
    "/users/%C0%AF",
  ])("%s is a bad request, whatever the method", async (target) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      expect((await served.send({ method, target })).status).toBe(400);
    }
  });

  it("has nothing at `*`", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(served.port, "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => (text += String(chunk)));
      socket.on("end", () => resolve(text));
      socket.on("error", reject);
      socket.write(
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  });
});
