import { describe, expect, it } from "vitest";
import {
  createToken,
  hashPassword,
  hashToken,
  isPassword,
  isSameSecret,
} from "../../example-app/src/credentials.js";

describe("credentials", () => {
  it("know a password again, and no other", async () => {
    const hash = await hashPassword("correct horse");
    expect(hash).not.toContain("correct");
    expect(await hashPassword("correct horse")).not.toBe(hash);
    expect(await isPassword("correct horse", hash)).toBe(true);
    expect(await isPassword("Correct horse", hash)).toBe(false);
    expect(await isPassword("", undefined)).toBe(false);
    expect(await isPassword("", ".")).toBe(false);
  });

  it("compare secrets of any length", () => {
    expect(isSameSecret("key", "key")).toBe(true);
    expect(isSameSecret("key", "keys")).toBe(false);
    expect(isSameSecret("", "key")).toBe(false);
  });

  it("make tokens that differ and are stored by their hash", () => {
    expect(createToken()).not.toBe(createToken());
    expect(hashToken("a")).not.toBe(hashToken("b"));
  });
});
