/** Room `config`: whether a config says what configs can say. */
import { closest, distance } from "fastest-levenshtein";
import type { Options } from "../options.js";

/** `undefined`: fine; else what it must be. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : "a text";

const oneOf =
  (...values: (string | number | boolean)[]): Check =>
  (value) =>
    values.some((each) => each === value)
      ? undefined
      : values.map((each) => JSON.stringify(each)).join(" or ");

const mapOf =
  (inner: Check, what: string): Check =>
  (value) =>
    isRecord(value) &&
    Object.values(value).every((each) => inner(each) === undefined)
      ? undefined
      : what;

const CHECKS: Readonly<Record<Exclude<keyof Options, "cwd">, Check>> = {
  name: text,
  spec: text,
  out: text,
  handlers: (value) =>
    value === false || text(value) === undefined
      ? undefined
      : "a folder, or false",
  root: text,
  resources: mapOf(text, "a map from URIs to files or folders"),
  format: oneOf("none", "prettier"),
  formats: mapOf(text, "a map from formats to keys of `types`"),
  types: mapOf(
    customType,
    "a map from keys to `{ type, module, parse?, serialize? }`, all but `module` being exported names",
  ),
  validationStatus: oneOf(400, 422),
  responseChecks: oneOf(true, false),
  importExtension: oneOf(".js", ".ts"),
  lint: checkLint,
};

const CHECK_BY_KEY: ReadonlyMap<string, Check> = new Map(
  Object.entries(CHECKS),
);

/** Types that need no entry in `types`. */
const BUILT_IN = new Set(["Date", "bigint"]);

export type CheckedConfig =
  { ok: true; targets: Options[] } | { ok: false; faults: string[] };

export function checkConfig(value: unknown): CheckedConfig {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const targets: Options[] = [];
  const faults: string[] = [];
  const names = new Set<unknown>();
  list.forEach((each, index) => {
    const place = Array.isArray(value) ? `target ${index + 1}: ` : "";
    const found = isOptions(each);
    if (found !== true) {
      faults.push(...found.map((fault) => place + fault));
      return;
    }
    // `isOptions` has looked at every member.
    const options = each as Options;
    if (Array.isArray(value)) {
      if (options.name === undefined)
        faults.push(`${place}\`name\` is missing`);
      else if (names.has(options.name)) {
        faults.push(`${place}the name \`${options.name}\` is taken`);
      }
      names.add(options.name);
    }
    faults.push(...formatFaults(options).map((fault) => place + fault));
    targets.push(options);
  });
  return faults.length === 0 ? { ok: true, targets } : { ok: false, faults };
}

function isOptions(value: unknown): true | string[] {
  if (!isRecord(value)) return ["a config is an object, or a list of objects"];
  const faults: string[] = [];
  for (const [key, each] of Object.entries(value)) {
    if (key === "$schema" || each === undefined) continue;
    const check = CHECK_BY_KEY.get(key);
    if (check === undefined) {
      faults.push(`there is no option \`${key}\`${suggestion(key)}`);
      continue;
    }
    const wanted = check(each);
    if (wanted !== undefined) faults.push(`\`${key}\` must be ${wanted}`);
  }
  return faults.length === 0 ? true : faults;
}

function formatFaults({ formats = {}, types = {} }: Options): string[] {
  return Object.entries(formats)
    .filter(([, key]) => !BUILT_IN.has(key) && !Object.hasOwn(types, key))
    .map(
      ([format, key]) =>
        `\`formats\` maps \`${format}\` to \`${key}\`, which is no key of \`types\``,
    );
}

function suggestion(key: string): string {
  const near = closest(key, [...CHECK_BY_KEY.keys()]);
  return distance(key, near) <= Math.max(2, key.length / 3)
    ? `; did you mean \`${near}\`?`
    : "";
}

const severity = oneOf("off", "warning", "error");

function checkLint(value: unknown): string | undefined {
  const wanted =
    'a map from codes to "off", "warning" or "error", with `rules` by name beside them';
  if (!isRecord(value)) return wanted;
  const { rules = {}, ...codes } = value;
  const isFine = (map: unknown) => mapOf(severity, wanted)(map) === undefined;
  return isFine(codes) && isFine(rules) ? undefined : wanted;
}

/** An identifier that is printed into code: anything else could be code. */
function customType(value: unknown): string | undefined {
  if (!isRecord(value)) return "an object";
  const { type, module, parse, serialize, ...rest } = value;
  const isName = (name: unknown) =>
    typeof name === "string" && /^[A-Za-z_$][\w$]*$/.test(name);
  const areNames =
    isName(type) &&
    (parse === undefined || isName(parse)) &&
    (serialize === undefined || isName(serialize));
  return areNames &&
    (parse === undefined) === (serialize === undefined) &&
    text(module) === undefined &&
    Object.keys(rest).length === 0
    ? undefined
    : "`{ type, module, parse?, serialize? }`";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
