/** Room `scaffold`: where the user has written the handler of an operation. */
import { pathLabel } from "../output/path-label.js";
import { mentions, namesake, openHandlerFiles } from "./find-handlers.js";
import type { HandlerGroup } from "./handler-group.js";
import type { ScaffoldGround } from "./scaffold.js";
import { openUserFiles } from "./user-files.js";

export interface HandlerPlace {
  /** As the user knows it. */
  file: string;
  /** Absent where it comes from elsewhere: a spread, a base class. */
  line?: number;
  column?: number;
}

/** `undefined`: it is not there, as far as syntax can tell. */
export function locateHandler(
  group: HandlerGroup,
  name: string,
  ground: ScaffoldGround,
): HandlerPlace | undefined {
  const files = openHandlerFiles(ground.handlers, ground.out);
  const users = openUserFiles(files, ground);
  const own = namesake(ground.handlers, group);
  const others = mentions(files, group).filter((path) => path !== own);
  for (const path of own === undefined ? others : [own, ...others]) {
    const container = users.look(path, group);
    if (container === undefined) continue;
    if (!container.names.has(name)) return undefined;
    const { holder } = container;
    const method = container.own.find((each) => each.name === name);
    if (holder === undefined || method === undefined) {
      return { file: pathLabel(path, ground.cwd) };
    }
    const file = holder.getSourceFile();
    return {
      file: pathLabel(file.getFilePath(), ground.cwd),
      ...file.getLineAndColumnAtPos(method.position),
    };
  }
  return undefined;
}
