/** Room `report`: the warnings that take something from what is written, and what they leave of it. */
import type { DiagnosticCode } from "../lint/diagnostic.js";
import type { Level } from "./feature.js";

/** Errors refuse, whatever their code. A warning that is not listed leaves its feature enforced: it says how it is read. */
export const LEVEL_OF_CODE: ReadonlyMap<DiagnosticCode, Level> = new Map([
  ["KT2007", "no effect"],
  ["KT2009", "no effect"],
  ["KT2012", "no effect"],
  ["KT2020", "no effect"],
  ["KT2023", "no effect"],
  ["KT2024", "no effect"],
  ["KT2025", "no effect"],
  ["KT2030", "no effect"],
  ["KT2060", "no effect"],
  ["KT2092", "no effect"],
  ["KT2101", "no effect"],
  ["KT2102", "no effect"],
  ["KT2103", "typed only"],
  ["KT2105", "no effect"],
  ["KT2203", "no effect"],
  ["KT2204", "no effect"],
  ["KT2301", "no effect"],
  ["KT2302", "no effect"],
  ["KT3003", "refused"],
  ["KT3004", "no effect"],
  ["KT3103", "typed only"],
  ["KT3111", "typed only"],
  ["KT3113", "typed only"],
  ["KT3114", "typed only"],
  ["KT3121", "typed only"],
  ["KT3122", "no effect"],
  ["KT3130", "no effect"],
  ["KT3131", "no effect"],
  ["KT6013", "no effect"],
  ["KT6015", "no effect"],
] as const);
