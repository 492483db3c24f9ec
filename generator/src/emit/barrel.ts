/** Room `emit`: `index.ts`: everything that users import. */
import { name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { HANDLERS_FILE, INDEX_FILE, ROUTER_FILE } from "./files.js";

export function emitBarrel(context: EmitContext): void {
  const { layout } = context;
  const unit = context.unit(INDEX_FILE);
  const specifier = (file: string) =>
    `./${file.replace(/\.ts$/, context.importExtension)}`;
  const files = [
    HANDLERS_FILE,
    ...layout.modelsByFile.keys(),
    ...layout.operationsByFile.keys(),
  ].sort((a, b) => (a < b ? -1 : 1));
  const exports = files.map(
    (file) => ts`export type * from ${specifier(file)};`,
  );
  const router = specifier(ROUTER_FILE);
  unit.add(
    ts`${[
      ...exports,
      ts`export type { ${name("Security")} } from ${router};`,
      ts`export { ${name("createRouter")} } from ${router};`,
    ]}`,
  );
}
