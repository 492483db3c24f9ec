/** Room `read`: path parameters in the styles simple, label and matrix. */
import type { PathStyle } from "../contract/raw-request.js";
import { alternate, assignments } from "./query-pairs.js";

/** The value without what its style puts before it; `undefined` when that is missing. */
export function unstyle(
  raw: string,
  name: string,
  style: PathStyle,
): string | undefined {
  switch (style) {
    case "simple":
      return raw;
    case "label":
      return raw.startsWith(".") ? raw.slice(1) : undefined;
    case "matrix": {
      if (!raw.startsWith(`;${name}`)) return undefined;
      const rest = raw.slice(name.length + 1);
      if (rest === "") return "";
      return rest.startsWith("=") ? rest.slice(1) : undefined;
    }
  }
}

/** Items, not decoded yet. */
export function splitList(
  raw: string,
  name: string,
  style: PathStyle,
  explode: boolean,
): string[] | undefined {
  if (style !== "matrix" || !explode) {
    const text = unstyle(raw, name, style);
    if (text === undefined) return undefined;
    return text.split(style === "label" && explode ? "." : ",");
  }
  if (!raw.startsWith(";")) return undefined;
  const items: string[] = [];
  for (const part of raw.slice(1).split(";")) {
    const item = unstyle(`;${part}`, name, "matrix");
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

/** Members, decoded. */
export function splitObject(
  raw: string,
  name: string,
  style: PathStyle,
  explode: boolean,
  decode: (text: string) => string,
): Record<string, string> | undefined {
  if (!explode) {
    const text = unstyle(raw, name, style);
    return text === undefined
      ? undefined
      : alternate(text.split(",").map(decode));
  }
  if (style === "simple") return assignments(raw.split(","), decode);
  const [mark, separator] = style === "label" ? [".", "."] : [";", ";"];
  if (!raw.startsWith(mark)) return undefined;
  return assignments(raw.slice(1).split(separator), decode);
}
