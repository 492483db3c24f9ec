/** Room `envelope`: places in a written body that get their values when it is sent. */
import type { MetaFact } from "../contract/policies.js";

/** Carries the places along with kept answers; never sent. */
export const SLOTS = "x-kontract-slots";

const FACTS: readonly MetaFact[] = ["requestId", "time"];

/** The body with an empty text for each mark, and where these are: `requestId@17,time@40`. */
export function cutSlots(
  body: string,
  marks: Readonly<Record<MetaFact, string>>,
): { text: string; slots: string } {
  let text = body;
  let slots: { fact: MetaFact; at: number }[] = [];
  for (const fact of FACTS) {
    const mark = marks[fact];
    const at = text.indexOf(mark);
    if (at === -1) continue;
    text = text.slice(0, at) + text.slice(at + mark.length);
    slots = slots.map((slot) =>
      slot.at > at ? { ...slot, at: slot.at - mark.length } : slot,
    );
    slots.push({ fact, at });
  }
  return {
    text,
    slots: slots.map(({ fact, at }) => `${fact}@${at}`).join(","),
  };
}

export function fillSlots(
  text: string,
  slots: string,
  values: Readonly<Record<MetaFact, string>>,
): string {
  const places = slots.split(",").flatMap((slot) => {
    const [name, at] = slot.split("@");
    const fact = FACTS.find((each) => each === name);
    return fact === undefined ? [] : [{ fact, at: Number(at) }];
  });
  let filled = text;
  // From the end, so that places before it stay where they are.
  for (const { fact, at } of places.toSorted((a, b) => b.at - a.at)) {
    const value = JSON.stringify(values[fact]).slice(1, -1);
    filled = filled.slice(0, at) + value + filled.slice(at);
  }
  return filled;
}
