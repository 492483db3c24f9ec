/** A document of one file with local references: as much of the loader as the tests of this room need. */
import { parse } from "yaml";
import type {
  Document,
  Json,
  JsonObject,
} from "../../../generator/src/load/document.js";

export function tinyDocument(source: string | JsonObject): Document {
  const root = typeof source === "string" ? read(source) : source;
  const openapi = String(root["openapi"] ?? "3.1.0");
  const version = openapi.startsWith("3.0")
    ? "3.0"
    : openapi.startsWith("3.2")
      ? "3.2"
      : "3.1";
  const file = "openapi.yaml";
  const anchors = new Map();
  return {
    root,
    version,
    files: [],
    digest: "",
    origin: { file, pointer: "" },
    target(holder) {
      const ref = holder["$ref"];
      if (typeof ref !== "string" || !ref.startsWith("#")) return undefined;
      const pointer = decodeURIComponent(ref.slice(1));
      let node: Json | undefined = root;
      for (const token of pointer.split("/").slice(1)) {
        const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
        if (typeof node !== "object" || node === null) return undefined;
        node = Array.isArray(node)
          ? node[Number(name)]
          : Object.hasOwn(node, name)
            ? node[name]
            : undefined;
      }
      if (node === undefined) return undefined;
      return { node, origin: { file, pointer } };
    },
    dynamicTarget: () => undefined,
    dynamicAnchors: () => anchors,
    resourceRoot: () => root,
    dialect: () => (version === "3.0" ? "3.0" : "3.1"),
    bundle: () => root,
  };
}

function read(source: string): JsonObject {
  return parse(source, { maxAliasCount: -1, logLevel: "silent" });
}
