/** Room `docs`: JSON values as YAML 1.2 that older readers take for the same: whatever is not plainly a word is quoted. */

/** What YAML 1.1 or 1.2 take for something else than text, in lower case. */
const RESERVED =
  /^(?:null|true|false|yes|no|on|off|y|n|\.?inf|\.?nan|0[box].*)$/i;
const PLAIN = /^[A-Za-z_/$][\w./$-]*(?: [\w./$-]+)*$/;

/** Ends with a line feed. Members that are `undefined` are left out, as JSON does. */
export function toYaml(value: unknown): string {
  const json: unknown = JSON.parse(JSON.stringify(value));
  const lines: string[] = [];
  write(json, "", "", lines);
  return `${lines.join("\n")}\n`;
}

/** `lead` stands in front of the first line, `indent` in front of the others. */
function write(
  value: unknown,
  lead: string,
  indent: string,
  lines: string[],
): void {
  if (Array.isArray(value) && value.length > 0) {
    let first = lead;
    for (const item of value) {
      write(item, `${first}- `, `${indent}  `, lines);
      first = indent;
    }
    return;
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    let first = lead;
    for (const [name, member] of Object.entries(value)) {
      const key = `${first}${scalar(name)}:`;
      if (isNested(member)) {
        lines.push(key);
        write(member, `${indent}  `, `${indent}  `, lines);
      } else lines.push(`${key} ${scalar(member)}`);
      first = indent;
    }
    return;
  }
  lines.push(lead + scalar(value));
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNested(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && Object.keys(value).length > 0
  );
}

function scalar(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (PLAIN.test(value) && !RESERVED.test(value)) return value;
  // YAML allows fewer characters unescaped than JSON does.
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
