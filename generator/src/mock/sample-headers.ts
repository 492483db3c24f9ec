/** Room `mock`: the declared headers of an answer. */
import type { Json } from "../load/document.js";
import type { Answer } from "../model/api.js";
import type { Sampler } from "../sample/sample.js";

/** What the runtime writes by itself, or what frames the message. */
const OWN =
  /^(?:content-.*|transfer-encoding|connection|keep-alive|upgrade|trailer|te|date|vary|age|last-modified|accept-ranges|retry-after)$/;

/** Those that are required, and those for which the document has a value. */
export function sampleHeaders(
  { headers }: Answer,
  sampler: Sampler,
): Record<string, unknown> | undefined {
  const out: [string, unknown][] = [];
  for (const { name, required, schema, content } of headers) {
    if (OWN.test(name)) continue;
    if (name === "etag") {
      if (required) out.push([name, '"sample"']);
      continue;
    }
    const isShown = required || schema.examples.length > 0;
    const value = isShown ? sampler.sample(schema, "response") : undefined;
    if (value === undefined || value === null) continue;
    if (content === undefined && isField(value)) out.push([name, value]);
  }
  return out.length === 0 ? undefined : Object.fromEntries(out);
}

/** RFC 9110, section 5.5: what may stand in a field. */
function isField(value: Json): boolean {
  return /^"?[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?"?$/.test(
    JSON.stringify(value),
  );
}
