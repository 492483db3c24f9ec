/** Room `generator`: which version of kontract this is. */
import { readFileSync } from "node:fs";

let known: string | undefined;

export function kontractVersion(): string {
  if (known === undefined) {
    const file = new URL("../package.json", import.meta.url);
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (
      typeof json !== "object" ||
      json === null ||
      !("version" in json) ||
      typeof json.version !== "string"
    ) {
      throw new Error("the package.json of kontract has no version");
    }
    known = json.version;
  }
  return known;
}
