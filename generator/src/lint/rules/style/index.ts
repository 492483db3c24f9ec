/** Room `lint`: the rules of style, which only `kontract lint` asks: they change nothing of what is generated. */
import type { MakeRule, Rule } from "../../rule.js";
import { exposure } from "./exposure.js";
import { extensionNames } from "./extension-names.js";
import { pathWords } from "./path-words.js";
import { statuses } from "./statuses.js";
import { unboundedInput } from "./unbounded-input.js";
import { unknownFields } from "./unknown-fields.js";
import { unusedComponents } from "./unused-components.js";

export const STYLE_RULES: readonly (Rule | MakeRule)[] = [
  pathWords,
  statuses,
  exposure,
  unusedComponents,
  extensionNames,
  unknownFields,
  unboundedInput,
];

/** How configs and documents may call the codes of style. */
export const RULE_NAMES: ReadonlyMap<string, string> = new Map([
  ["verb-in-path", "KT6001"],
  ["singular-collection", "KT6002"],
  ["deep-path", "KT6003"],
  ["mixed-casing", "KT6004"],
  ["created-without-location", "KT6005"],
  ["delete-without-204", "KT6006"],
  ["accepted-without-status", "KT6007"],
  ["trace-in-error", "KT6008"],
  ["key-in-query", "KT6009"],
  ["plain-http", "KT6010"],
  ["unused-component", "KT6011"],
  ["unbounded-input", "KT6012"],
  ["unknown-extension", "KT6013"],
  ["unused-suppression", "KT6014"],
  ["unknown-field", "KT6015"],
  ["invalid-example", "KT6016"],
  ["invalid-default", "KT6017"],
]);

/** Off until a config says `warning` or `error`. */
export const OPT_IN: ReadonlySet<string> = new Set(["KT6012"]);
