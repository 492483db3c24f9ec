/** Room `model`: an `x-` member of one object, under its short name or our prefix, judged member by member. */
import type { Diagnostics, Origin } from "../lint/diagnostic.js";
import { type ExtensionName, PREFIX, spellingsOf } from "../lint/vocabulary.js";
import type { Json, JsonObject } from "../load/document.js";
import { below } from "./below.js";
import { isObject, member } from "./member.js";

export interface StatedExtension {
  readonly value: Json;
  /** As written: `x-cors`, `x-kontract-cors`. */
  readonly name: string;
  readonly origin: Origin;
}

/** `name` is the short one. */
export function statedExtension(
  holder: JsonObject,
  origin: Origin,
  name: ExtensionName,
): StatedExtension | undefined {
  for (const spelling of spellingsOf(name)) {
    const value = member(holder, spelling);
    if (value === undefined) continue;
    return { value, name: spelling, origin: below(origin, spelling) };
  }
  return undefined;
}

/** Says why nothing of it is applied: a warning, since others use short names for things of their own; under our prefix an error. */
export function refuseExtension(
  { name, origin }: StatedExtension,
  diagnostics: Diagnostics,
  what: string,
  help: string,
): undefined {
  const severity = name.startsWith(PREFIX) ? "error" : "warning";
  diagnostics[severity](
    "KT2301",
    origin,
    `\`${name}\` is not applied: ${what}`,
    {
      help,
    },
  );
  return undefined;
}

/** The members by name, and the first fault: a member that is unknown or does not fit. */
export function faultOfMembers(
  value: Json,
  fits: Readonly<Record<string, (value: Json) => boolean>>,
): string | undefined {
  if (!isObject(value)) return "it is no object";
  for (const [name, given] of Object.entries(value)) {
    const fit = Object.hasOwn(fits, name) ? fits[name] : undefined;
    if (fit === undefined) return `it has no member \`${name}\``;
    if (!fit(given)) return `its \`${name}\` is not understood`;
  }
  return undefined;
}

export function isText(value: Json): value is string {
  return typeof value === "string" && value !== "";
}

export function isTexts(value: Json): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}
