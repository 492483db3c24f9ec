/** Room `mock`: what a client prefers (RFC 7240). */

export interface Preference {
  /** `code=404`. */
  code?: number;
  /** `example=name`. */
  example?: string;
}

const PREFERENCE =
  /^\s*(code|example)\s*=\s*(?:"((?:\\[^]|[^"\\])*)"|([^\s;"]+))/i;

/** What is not understood is no preference of ours; of two equal ones the first counts (RFC 7240, section 2). */
export function readPrefer(header: string): Preference {
  const preference: Preference = {};
  for (const part of header.match(/(?:"(?:\\[^]|[^"\\])*"|[^,"])+/g) ?? []) {
    const [, name, quoted, plain] = PREFERENCE.exec(part) ?? [];
    const value = quoted?.replace(/\\([^])/g, "$1") ?? plain;
    if (name === undefined || value === undefined) continue;
    if (name.toLowerCase() === "example") preference.example ??= value;
    else if (/^[2-5]\d\d$/.test(value)) preference.code ??= Number(value);
  }
  return preference;
}

/** The value of `Preference-Applied`. */
export function applied({ code, example }: Preference): string {
  const parts: string[] = [];
  if (code !== undefined) parts.push(`code=${code}`);
  if (example !== undefined) {
    const isToken = /^[\w!#$%&'*+.^`|~-]+$/.test(example);
    const quoted = `"${example.replace(/["\\]/g, "\\$&")}"`;
    parts.push(`example=${isToken ? example : quoted}`);
  }
  return parts.join(", ");
}
