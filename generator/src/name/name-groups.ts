/** Room `name`: keys, interfaces and files of the groups. */
import type { Group } from "../model/api.js";
import { fileStem } from "./file-stem.js";
import { camelCase, extend, markName, pascalCase } from "./identifier.js";
import type { GroupNames, Identifier } from "./layout.js";
import { reservedWords } from "./reserved-names.js";
import type { Candidate, Scope } from "./scope.js";

export function nameGroups(
  groups: Group[],
  names: Scope,
): Map<Group, GroupNames> {
  return new Map(groups.map((group) => [group, nameGroup(group, names)]));
}

/** Key, interface and file get a mark together: whoever reads one can guess the others. */
function nameGroup(group: Group, names: Scope): GroupNames {
  const plain = camelCase(group.title, "group", reservedWords);
  const pascal = pascalCase(group.title, "Group");
  const plainStem = fileStem(group.title);

  function candidate(
    key: Identifier,
    base: Identifier,
    stem: string,
  ): Candidate<GroupNames> {
    const handlers = extend(base, "Handlers");
    return {
      name: { key, handlers, stem },
      shown: key,
      takes: [`key ${key}`, handlers, `file ${stem}`],
    };
  }

  return names.claim({
    what: "group",
    original: group.title,
    // A group stands where it is first used.
    origin: group.operations[0]?.origin ?? { file: "", pointer: "" },
    candidates: [candidate(plain, pascal, plainStem)],
    marked: (mark) =>
      candidate(
        markName(plain, mark),
        markName(pascal, mark),
        `${plainStem}-${mark}`,
      ),
  });
}
