import { describe, expect, it } from "vitest";
import {
  camelCase,
  pascalCase,
} from "../../../generator/src/name/identifier.js";
import { fileStem } from "../../../generator/src/name/file-stem.js";

describe("identifiers", () => {
  const rows: [given: string, camel: string, pascal: string][] = [
    ["getBook", "getBook", "GetBook"],
    ["get_book", "getBook", "GetBook"],
    ["get book", "getBook", "GetBook"],
    ["GetBook", "getBook", "GetBook"],
    ["get-book.v2", "getBookV2", "GetBookV2"],
    ["actions/list-jobs", "actionsListJobs", "ActionsListJobs"],
    ["APIKey", "apiKey", "APIKey"],
    ["URL", "url", "URL"],
    ["HTTP_ERROR", "httpError", "HttpError"],
    ["v1.10", "v1_10", "V1_10"],
    ["200", "_200", "_200"],
    ["3DModel", "_3DModel", "_3DModel"],
    ["", "fallback", "fallback"],
    ["---", "fallback", "fallback"],
    ["class", "class_", "Class"],
    ["Error", "error", "Error_"],
    ["string", "string_", "String_"],
    ["type", "type", "Type"],
    ["constructor", "constructor_", "Constructor"],
    ["__proto__", "proto", "Proto"],
    ["handlers", "handlers_", "Handlers_"],
    ["été", "été", "Été"],
    ["e\u0301te\u0301", "été", "Été"],
    ["宠物", "宠物", "宠物"],
    ["a\u200db", "aB", "AB"],
    ["*/}; alert(1)", "alert1", "Alert1"],
    ["../../etc/passwd", "etcPasswd", "EtcPasswd"],
  ];
  it.each(rows)("%j", (given, camel, pascal) => {
    expect(camelCase(given, "fallback")).toBe(camel);
    expect(pascalCase(given, "fallback")).toBe(pascal);
  });

  it("that are very long are cut, and stay apart", () => {
    const long = "x".repeat(4_990);
    const [a, b] = [camelCase(`${long}a`, ""), camelCase(`${long}b`, "")];
    expect(a).toMatch(/^x{40}_[a-z2-7]{8}$/);
    expect(a).not.toBe(b);
    expect(camelCase("x".repeat(100), "")).toBe("x".repeat(100));
  });
});

describe("file stems", () => {
  const rows: [given: string, want: string | RegExp][] = [
    ["PetStore", "pet-store"],
    ["pet store", "pet-store"],
    ["petStore", "pet-store"],
    ["APIKeys", "api-keys"],
    ["Café", "cafe"],
    ["a/b", "a-b"],
    ["..", "group"],
    ["", "group"],
    ["\0", "group"],
    ["CON", "con-group"],
    ["com1", "com1-group"],
    ["index", "index-group"],
    ["shared", "shared-group"],
    ["package", "package-group"],
    ["node_modules", "node-modules-group"],
    [".git", "git-group"],
    ["aux.ts", "aux-ts"],
    ["宠物", /^group-[a-z2-7]{4}$/],
    ["t".repeat(5_000), /^t{40}-[a-z2-7]{8}$/],
  ];
  it.each(rows)("%j", (given, want) => {
    if (typeof want === "string") expect(fileStem(given)).toBe(want);
    else expect(fileStem(given)).toMatch(want);
  });
});
