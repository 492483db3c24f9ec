/** Room `scaffold`: handlers that no operation has any more, and what became of their operations. */
import type { SourceFile } from "ts-morph";
import type { Diagnostic } from "../lint/diagnostic.js";
import type { ManifestOperation } from "../output/manifest.js";
import type { Container } from "./container.js";
import type { HandlerGroup } from "./handler-group.js";

export interface Orphan {
  /** `books.getBook`. */
  handler: string;
  diagnostic: Diagnostic;
}

export interface OrphanGround {
  groups: readonly HandlerGroup[];
  /** The operations of the last run: they tell a renamed operation from a removed one. */
  before: readonly ManifestOperation[];
  /** A path as the user knows it. */
  label(path: string): string;
}

/** Methods that stand in the container itself; what it spreads or inherits may serve others. */
export function orphansOf(
  file: SourceFile,
  container: Container,
  key: string,
  ground: OrphanGround,
): Orphan[] {
  const group = ground.groups.find((each) => each.key === key);
  const wanted = new Set(group?.methods.map((each) => each.name));
  const holderFile = container.holder?.getSourceFile() ?? file;
  return container.own
    .filter((each) => !wanted.has(each.name))
    .map(({ name, position }) => {
      const { line, column } = holderFile.getLineAndColumnAtPos(position);
      const handler = `${key}.${name}`;
      const diagnostic: Diagnostic = {
        code: "KT5007",
        severity: "warning",
        message: `no operation has the handler \`${handler}\``,
        help: advise(key, name, ground),
        origin: {
          file: ground.label(holderFile.getFilePath()),
          pointer: "",
          line,
          column,
        },
      };
      return { handler, diagnostic };
    });
}

function advise(
  key: string,
  name: string,
  { groups, before }: OrphanGround,
): string {
  const elsewhere = groups.find((group) =>
    group.methods.some((each) => each.name === name),
  );
  if (elsewhere !== undefined) {
    return `the operation moved: it is \`${elsewhere.key}.${name}\` now; move the code there`;
  }
  const old = before.find((each) => each.handler === `${key}.${name}`);
  if (old !== undefined) {
    for (const group of groups) {
      const now = group.methods.find(
        (each) => each.method === old.method && each.path === old.path,
      );
      if (now === undefined) continue;
      return `\`${old.method} ${old.path}\` is \`${group.key}.${now.name}\` now; move the code there`;
    }
    return `\`${old.method} ${old.path}\` is not in the document any more; delete the method, or make it a function of its own`;
  }
  return "delete it, or make it a function outside of the handlers";
}

/** The groups' interfaces that a file imports and that do not exist any more: `BooksHandlers` → `books`. */
export function lostTypes(
  file: SourceFile,
  isGenerated: (specifier: string) => boolean,
  groups: readonly HandlerGroup[],
): string[] {
  const known = new Set(groups.map((group) => group.type));
  return file
    .getImportDeclarations()
    .filter((each) => isGenerated(each.getModuleSpecifierValue()))
    .flatMap((each) => each.getNamedImports())
    .map((each) => each.getName())
    .filter((name) => /^\w+Handlers$/.test(name) && !known.has(name));
}
