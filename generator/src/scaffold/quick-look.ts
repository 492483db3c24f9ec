/** Room `scaffold`: a look at the user's files without a parser, for the run in which nothing has changed. */
import { lstatSync, readFileSync } from "node:fs";
import { namesake } from "./find-handlers.js";
import type { HandlerGroup } from "./handler-group.js";

/**
 * `true`: every handler is there, each as a member on a line of its own, as prettier prints them. `false`: a parser must
 * look, which is slower and always right.
 */
export function hasAllHandlers(
  folder: string,
  groups: readonly HandlerGroup[],
): boolean {
  return groups.every((group) => {
    const path = namesake(folder, group);
    if (path === undefined || !lstatSync(path).isFile()) return false;
    const members = memberLines(readFileSync(path, "utf8"));
    return group.methods.every(({ name }) => members.has(name));
  });
}

const MEMBER =
  /^(?<indent>[\t ]+)(?:(?:public|readonly|override) )*(?:async )?(?<name>[\w$]+)(?:\(.*\{$|\($|,$|: | = )/gm;

/** Names that stand like members at the first level of indentation. */
function memberLines(text: string): Set<string> {
  // Cutting comments without knowing strings may cut too much, never too little: a comment's text is never taken for code.
  const code = text.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/\/\/.*$/gm, "");
  const names = new Set<string>();
  const lines = [...code.replaceAll("\r\n", "\n").matchAll(MEMBER)];
  // a brace on a line of its own is no level: long names push the object's brace there
  const indents = code.match(/^[\t ]+(?=[^\s{}])/gm) ?? [];
  const first = Math.min(...indents.map((each) => each.length));
  for (const { groups: found } of lines) {
    const name = found?.["name"];
    if (name !== undefined && found?.["indent"]?.length === first) {
      names.add(name);
    }
  }
  return names;
}
