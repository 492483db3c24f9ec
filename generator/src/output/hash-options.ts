/** Room `output`: a hash over the options that shape the generated code, equal on every machine. */
import { isAbsolute, relative, sep } from "node:path";
import { contentHash } from "./content-hash.js";

/** Where things lie and what they are called does not shape the code. */
const PLACES = new Set(["name", "spec", "out", "handlers", "root", "cwd"]);
const DEEPEST = 20;

/** `label`: what the generated files call their source. `base`: the folder that absolute paths are told relative to. */
export function hashOptions(
  options: object,
  label: string,
  base: string,
): string {
  const settle = (value: unknown, depth: number): unknown => {
    if (typeof value === "string" && isAbsolute(value)) {
      return relative(base, value).split(sep).join("/");
    }
    if (typeof value === "function") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (depth > DEEPEST) return undefined;
    if (Array.isArray(value)) {
      return value.map((each) => settle(each, depth + 1));
    }
    return Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([one], [two]) => (one < two ? -1 : 1))
      .map(([key, each]) => [key, settle(each, depth + 1)]);
  };
  const shaping = Object.entries(options).filter(([key]) => !PLACES.has(key));
  const settled = settle(Object.fromEntries(shaping), 0);
  return contentHash(JSON.stringify([label, settled]));
}
