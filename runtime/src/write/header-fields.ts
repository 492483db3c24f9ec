/** Room `write`: declared response headers as text, by the style that the contract gives each (OpenAPI 3.x, header object; style `simple`). */

/** `simple` as it is without `explode`, `explode` with it; `json` for a header that is described by `content`. */
export type HeaderForm = "simple" | "explode" | "json";

/** By name, in lower case. */
export type HeaderForms = Readonly<Record<string, HeaderForm>>;

/** The declared headers that a handler gave; others are not sent, like undeclared members of a body. */
export function headerFields(
  headers: object | undefined,
  forms: HeaderForms,
): object | undefined {
  if (headers === undefined) return undefined;
  // Without a prototype: a header may be called `__proto__`.
  const out: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (value === undefined || value === null) continue;
    if (!Object.hasOwn(forms, lower)) continue;
    const form = forms[lower];
    out[lower] =
      lower === "set-cookie" && Array.isArray(value)
        ? value.map(String)
        : form === "json"
          ? asciiJson(value)
          : simple(value, form === "explode");
  }
  return out;
}

/** Fields hold no character beyond Latin-1, JSON text may do without them. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** RFC 6570 section 3.2.2, without percent-encoding, which fields have no use for. */
function simple(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) return value.map(text).join(", ");
  const shown = dated(value);
  if (typeof shown !== "object" || shown === null) return text(shown);
  const between = explode ? "=" : ",";
  return Object.entries(shown)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${key}${between}${text(member)}`)
    .join(",");
}

function text(value: unknown): string {
  const shown = dated(value);
  return typeof shown === "object" && shown !== null
    ? asciiJson(shown)
    : String(shown);
}

/** A `Date` is the text that JSON makes of it. */
function dated(value: unknown): unknown {
  return value instanceof Date ? value.toJSON() : value;
}
