import { callbackUrl } from "@kontract/runtime/codegen1";
import { describe, expect, it } from "vitest";

const exchange = {
  params: { id: "7" },
  query: { url: "https://a.example/hook" },
  headers: { "x-hook": "https://b.example" },
  body: {
    urls: ["https://c.example"],
    "a/b": { "~": "https://d.example" },
    n: 5,
  },
  ctx: { method: "POST", url: "/subscriptions?x=1" },
  response: { status: 201, headers: { Location: "/s/1" }, body: { id: "s1" } },
};

describe("a runtime expression", () => {
  it.each([
    ["{$request.query.url}/data", "https://a.example/hook/data"],
    ["$request.query.url", "https://a.example/hook"],
    ["{$request.header.X-Hook}/x", "https://b.example/x"],
    ["{$request.body#/urls/0}", "https://c.example"],
    ["{$request.body#/a~1b/~0}", "https://d.example"],
    [
      "https://e.example/{$request.path.id}/{$request.body#/n}",
      "https://e.example/7/5",
    ],
    [
      "https://e.example/{$response.body#/id}?m={$method}",
      "https://e.example/s1?m=POST",
    ],
    [
      "https://e.example{$response.header.location}#{$statusCode}",
      "https://e.example/s/1#201",
    ],
    ["https://e.example{$url}", "https://e.example/subscriptions?x=1"],
    ["https://fixed.example/hook", "https://fixed.example/hook"],
  ])("%s", (template, url) => {
    expect(callbackUrl(template, exchange)).toBe(url);
  });

  it.each([
    "{$request.body#/none}",
    "{$request.body#/urls}",
    "{$request.query.none}/x",
    "{$request.body#/constructor/name}",
    "{$request.query.__proto__}",
    "{$request.nonsense}",
    "{$response.query.url}",
  ])("%s names no URL", (template) => {
    expect(callbackUrl(template, exchange)).toBeUndefined();
  });

  it("looks into a body that came with one of several media types", () => {
    const tagged = {
      body: {
        contentType: "application/json",
        value: { u: "https://f.example" },
      },
    };
    expect(callbackUrl("{$request.body#/u}", tagged)).toBe("https://f.example");
  });
});
