/** Room `model`: lengths of time as documents write them. */
import type { Json } from "../../load/document.js";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of `60s`, `500ms`, `5m`, `1h`, `7d`; a plain number is seconds. `undefined` for anything else. */
export function millisecondsOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
  }
  if (typeof value !== "string") return undefined;
  const [, amount = "", unit = "s"] =
    /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?$/.exec(value.trim()) ?? [];
  const factor = UNITS[unit];
  return amount === "" || factor === undefined
    ? undefined
    : Math.round(Number(amount) * factor);
}
