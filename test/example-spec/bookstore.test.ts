import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { describe, expect, it } from "vitest";
import { loadContract } from "./contract.js";

const contract = loadContract();
const entry = fileURLToPath(
  new URL("../../example-spec/bookstore.yaml", import.meta.url),
);

describe("the example document", () => {
  it("is valid in the eyes of swagger-parser", async () => {
    await expect(SwaggerParser.validate(entry)).resolves.toHaveProperty(
      "openapi",
      "3.1.0",
    );
  });

  it("names and documents every operation", () => {
    expect(contract.operations.size).toBeGreaterThanOrEqual(30);
    for (const { id, node } of contract.operations.values()) {
      expect(id).toMatch(/^[a-z][A-Za-z]+$/);
      expect(node["summary"], id).toMatch(/^[A-Z].+\.$/);
      expect(node["tags"], id).toHaveLength(1);
    }
  });

  it("shows examples that its own schemas accept", () => {
    expect(contract.examples.length).toBeGreaterThan(80);
    for (const { at, value, validate } of contract.examples) {
      validate(value);
      expect(validate.errors ?? [], at).toEqual([]);
    }
  });

  it("says in every operation with a required body of JSON what a bad one gets", () => {
    for (const { id, node, answers } of contract.operations.values()) {
      const { required, content } = Object(node["requestBody"]);
      const isJson = Object.keys(Object(content)).some((type) =>
        type.endsWith("json"),
      );
      if (required !== true || !isJson) continue;
      expect([...answers.keys()], id).toEqual(
        expect.arrayContaining(["400", "422"]),
      );
    }
  });
});
