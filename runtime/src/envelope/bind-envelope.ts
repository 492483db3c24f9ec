/** Room `envelope`: puts what handlers answer into the envelope that the document declares around it. */
import { randomUUID } from "node:crypto";
import type { EnvelopePolicy, MetaFact } from "../contract/policies.js";
import type { Policy } from "../contract/policy.js";
import { cutSlots, SLOTS } from "./slots.js";
import { withValue } from "./with-value.js";

/**
 * Stand in the body until it is written, where they are found again and taken out: no answer can know them, and both are
 * what their usual formats ask for.
 */
const MARKS: Readonly<Record<MetaFact, string>> = {
  requestId: randomUUID(),
  time: `0001-01-01T00:00:00.${BigInt(`0x${randomUUID().replaceAll("-", "")}`)}Z`,
};

/** The inner layer: wraps, and leaves slots for what differs from answer to answer. */
export function bindEnvelope({ answers }: EnvelopePolicy): Policy {
  return {
    shape(_exchange, response) {
      const range = `${Math.floor(response.status / 100)}XX`;
      const answer =
        answers.find(({ status }) => status === response.status) ??
        answers.find(({ status }) => status === range);
      if (answer === undefined) return response;
      const { data, fixed, facts } = answer;
      let body: unknown =
        data === undefined ? response.body : { [data]: response.body };
      for (const { at, value } of fixed) body = withValue(body, at, value);
      for (const { at, fact } of facts) body = withValue(body, at, MARKS[fact]);
      return { ...response, body };
    },
    seal(_exchange, wire) {
      if (typeof wire.body !== "string") return wire;
      const { text, slots } = cutSlots(wire.body, MARKS);
      if (slots === "") return wire;
      const headers = { ...wire.headers, [SLOTS]: slots };
      return { ...wire, body: text, headers };
    },
  };
}
