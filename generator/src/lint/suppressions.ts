/** Room `lint`: `x-lint-ignore`, with which a document answers a finding where it stands. */
import type { Document } from "../load/document.js";
import { member } from "../load/member.js";
import { below } from "./below.js";
import { type Diagnostic, Diagnostics, type Origin } from "./diagnostic.js";
import { RULE_NAMES } from "./rules/style/index.js";
import { shorten } from "./shorten.js";
import { spellingsOf } from "./vocabulary.js";

interface Suppression {
  /** As written: a code, or the name of a rule. */
  name: string;
  code: string;
  /** The object that holds it: what stands below is meant, too. */
  holder: Origin;
  origin: Origin;
  used: boolean;
}

export interface Suppressions {
  /** Without the warnings that the document asks to ignore. Errors stay. */
  apply(found: readonly Diagnostic[]): Diagnostic[];
  /** What has ignored nothing so far. */
  unused(): Diagnostic[];
}

const KEYS = spellingsOf("x-lint-ignore");

export function readSuppressions(document: Document): Suppressions {
  const list: Suppression[] = [];
  document.visit((node, _kind, holder) => {
    for (const key of KEYS) {
      const value = member(node, key);
      const names = Array.isArray(value) ? value : [value];
      names.forEach((name, index) => {
        if (typeof name !== "string") return;
        const code = RULE_NAMES.get(name) ?? name.toUpperCase();
        const place = Array.isArray(value) ? [key, index] : [key];
        const origin = below(holder, ...place);
        list.push({ name, code, holder, origin, used: false });
      });
    }
  });
  return {
    apply: (found) =>
      found.filter((each) => {
        if (each.severity === "error") return true;
        const ignored = list.filter((one) => covers(one, each));
        for (const one of ignored) one.used = true;
        return ignored.length === 0;
      }),
    unused: () => {
      const diagnostics = new Diagnostics();
      for (const { name, origin, used } of list) {
        if (used) continue;
        diagnostics.warning(
          "KT6014",
          origin,
          `there is no warning \`${shorten(name)}\` here to ignore`,
          { help: "remove it" },
        );
      }
      return diagnostics.list;
    },
  };
}

function covers(
  { code, holder }: Suppression,
  { code: found, origin }: Diagnostic,
): boolean {
  return (
    found === code &&
    origin.file === holder.file &&
    (origin.pointer === holder.pointer ||
      origin.pointer.startsWith(`${holder.pointer}/`))
  );
}
