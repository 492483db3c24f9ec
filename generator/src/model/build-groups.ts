/** Room `model`: operations by group. */
import { spellingsOf } from "../lint/vocabulary.js";
import { listMember, isObject, textMember } from "./member.js";
import type { JsonObject } from "../load/document.js";
import type { Group, Operation } from "./api.js";
import { buildDoc } from "./build-doc.js";

const groupExtensions = (
  [
    "x-handler-group",
    "x-openapi-router-controller",
    "x-ogen-operation-group",
  ] as const
).flatMap(spellingsOf);

/** `x-handler-group` or what other tools call it, else the first tag, else `root`; in order of first use. */
export function buildGroups(
  operations: Operation[],
  root: JsonObject,
): Group[] {
  const tags = new Map<string, JsonObject>();
  for (const tag of listMember(root, "tags")) {
    const name = isObject(tag) ? textMember(tag, "name") : undefined;
    if (isObject(tag) && name !== undefined) tags.set(name, tag);
  }
  const groups = new Map<string, Group>();
  for (const operation of operations) {
    const title = groupTitle(operation);
    let group = groups.get(title);
    if (group === undefined) {
      const tag = tags.get(title);
      group = { title, doc: tag ? buildDoc(tag) : {}, operations: [] };
      groups.set(title, group);
    }
    group.operations.push(operation);
  }
  return [...groups.values()];
}

function groupTitle({ extensions, tags }: Operation): string {
  for (const name of groupExtensions) {
    const title = textMember(extensions, name);
    if (title !== undefined && title !== "") return title;
  }
  return tags[0] ?? "root";
}
