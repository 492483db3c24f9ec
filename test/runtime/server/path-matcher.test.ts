/** Finding the path item of a request. */
import { describe, expect, it } from "vitest";
import { compilePaths } from "../../../runtime/src/server/path-matcher.js";
import {
  layerPath,
  parseTemplate,
} from "../../../runtime/src/server/path-template.js";
import { processorTime } from "../../processor-time.js";

function matcher(paths: readonly string[]) {
  const find = compilePaths(
    paths.map((path) => [parseTemplate(path), path] as const),
  );
  return (path: string) => {
    const found = find(path);
    return found && [found.item, ...found.values];
  };
}

describe("compilePaths", () => {
  const find = matcher([
    "/",
    "/users/{id}",
    "/users/me",
    "/users/{id}/posts",
    "/users/me/photos",
    "/files/{name}.{ext}",
    "/files/{name}.json",
    "/files/{name}",
    "/range/{from}-{to}",
    "/x/x:{y}",
    "/j/{id}:cancel",
    "/j/{id}",
    "/caf\u00e9/{id}",
    "/a%20b",
    "/trailing/",
    "/pair/{a}{b}",
    "/v{n}/deep/{a}/{b}",
    "/deep/{a}/x/{b}/z",
    "/deep/{a}/{x}/{b}/y",
  ]);

  it.each<[string, string[] | undefined]>([
    ["/", ["/"]],
    ["", undefined],
    ["*", undefined],
    ["//", undefined],
    ["/users/1", ["/users/{id}", "1"]],
    ["/users/me", ["/users/me"]],
    ["/users/%6De", ["/users/me"]],
    ["/users/ME", ["/users/{id}", "ME"]],
    ["/users/me/posts", ["/users/{id}/posts", "me"]],
    ["/users/me/photos", ["/users/me/photos"]],
    ["/users/1/photos", undefined],
    ["/users/", undefined],
    ["/users", undefined],
    ["/users//posts", undefined],
    ["/users/a%2Fb", ["/users/{id}", "a%2Fb"]],
    ["/users/%zz", ["/users/{id}", "%zz"]],
    ["/files/a.json", ["/files/{name}.json", "a"]],
    ["/files/a.txt", ["/files/{name}.{ext}", "a", "txt"]],
    ["/files/a.b.txt", ["/files/{name}.{ext}", "a", "b.txt"]],
    ["/files/.json", ["/files/{name}", ".json"]],
    ["/files/plain", ["/files/{name}", "plain"]],
    ["/range/1-2", ["/range/{from}-{to}", "1", "2"]],
    ["/range/1-", undefined],
    ["/range/--3", ["/range/{from}-{to}", "-", "3"]],
    ["/range/1%2D2", ["/range/{from}-{to}", "1", "2"]],
    ["/x/x:5", ["/x/x:{y}", "5"]],
    ["/x/x%3a5", ["/x/x:{y}", "5"]],
    ["/j/5:cancel", ["/j/{id}:cancel", "5"]],
    ["/j/5:stop", ["/j/{id}", "5:stop"]],
    ["/j/:cancel", ["/j/{id}", ":cancel"]],
    ["/caf%C3%A9/1", ["/caf\u00e9/{id}", "1"]],
    ["/a%20b", ["/a%20b"]],
    ["/trailing/", ["/trailing/"]],
    ["/trailing", undefined],
    ["/pair/xyz", ["/pair/{a}{b}", "x", "yz"]],
    ["/pair/x", undefined],
    ["/v2/deep/1/2", ["/v{n}/deep/{a}/{b}", "2", "1", "2"]],
    ["/deep/1/x/2/y", ["/deep/{a}/{x}/{b}/y", "1", "x", "2"]],
    ["/constructor", undefined],
    ["/__proto__", undefined],
  ])("%s", (path, want) => {
    expect(find(path)).toEqual(want);
  });

  it("costs the same for many routes, and little for hostile paths", () => {
    const many = matcher(
      Array.from({ length: 1_000 }, (_, i) => `/s${i % 40}/{a}/t${i}/{b}-{c}`),
    );
    const hostile = `/s1/x/t1/${"-".repeat(100_000)}`;
    const start = processorTime();
    for (let round = 0; round < 100; round++) many(hostile);
    expect(many("/s2/x/t2/1-2")).toEqual(["/s2/{a}/t2/{b}-{c}", "x", "1", "2"]);
    expect(processorTime() - start).toBeLessThan(1_000);
  });
});

describe("layerPath", () => {
  it.each([
    ["/", "/"],
    ["/books/{bookId}", "/books/:bookId"],
    ["/e/{enterprise-team}", '/e/:"enterprise-team"'],
    ['/e/{a"b\\c}', '/e/:"a\\"b\\\\c"'],
    ["/f/{a}_x", '/f/:"a"_x'],
    ["/f/{a}.json", "/f/:a.json"],
    ["/j/{id}:cancel", "/j/:id\\:cancel"],
    ["/odd/(a)*b+!?[c]", "/odd/\\(a\\)\\*b\\+\\!%3F%5Bc%5D"],
    ["/caf\u00e9", "/caf%C3%A9"],
    ["/p/{a}{b}", "/p/:a"],
    ["/twice/{a}/{a}", "/twice/:a/:a_"],
    ["/open/{a", "/open/%7Ba"],
  ])("%s", (path, want) => {
    expect(layerPath(parseTemplate(path))).toBe(want);
  });
});
