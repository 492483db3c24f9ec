/** Room `model`: lengths of time as documents write them. */
import type { Json } from "../../load/document.js";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 0.001],
  ["s", 1],
  ["sec", 1],
  ["second", 1],
  ["m", 60],
  ["min", 60],
  ["minute", 60],
  ["h", 3600],
  ["hr", 3600],
  ["hour", 3600],
  ["d", 86_400],
  ["day", 86_400],
  ["w", 604_800],
  ["week", 604_800],
  ["month", 2_592_000],
]);

/** Seconds of one `min`, `minutes`, `Hour`, …; a month has 30 days. */
export function unitOf(name: string): number | undefined {
  const lower = name.toLowerCase();
  return UNITS.get(lower) ?? UNITS.get(lower.replace(/s$/, ""));
}

/** Seconds: of a number as it is, of `90`, `60s`, `1h30m`, `15 minutes`, `minute`, `PT1M`. */
export function durationOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text.length > 40) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    text,
  );
  if (iso !== null && /\d/.test(text)) {
    const [, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.map(Number);
    const parts = [days * 86_400, hours * 3600, minutes * 60, seconds];
    return parts.reduce((sum, each) => sum + (each || 0), 0);
  }
  const word = unitOf(text);
  if (word !== undefined) return word;
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+\s*){1,4}$/i.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit = ""] of text.matchAll(
    /(\d+(?:\.\d+)?)\s*([a-z]+)/gi,
  )) {
    const length = unitOf(unit);
    if (length === undefined) return undefined;
    sum += Number(count) * length;
  }
  return sum;
}

/** As `durationOf`, in whole milliseconds, none of them below zero. */
export function millisecondsOf(value: Json | undefined): number | undefined {
  const seconds = durationOf(value);
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? Math.round(seconds * 1000)
    : undefined;
}
