/** Room `emit`: `handlers.ts`: what users implement, one interface for each group. */
import { name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { commentLine, docBlock } from "./doc.js";
import { HANDLERS_FILE } from "./files.js";
import { documented, fileSymbol } from "./unit.js";

export function emitHandlers(context: EmitContext): void {
  const { layout } = context;
  const unit = context.unit(HANDLERS_FILE);
  const groups = layout.api.groups.filter(
    (group) => group.operations.length > 0,
  );
  unit.declare("Handlers");
  for (const group of groups) unit.declare(layout.group(group).handlers);
  for (const group of groups) {
    const names = layout.group(group);
    const methods = group.operations.map((operation) => {
      const { constant, pascal, file } = layout.operation(operation);
      const handler = fileSymbol(file, `${pascal}Handler`, true);
      const route = `\`${operation.method} ${commentLine(operation.path)}\``;
      const { summary, deprecated } = operation.doc;
      const doc = docBlock(route, {
        ...(summary === undefined ? {} : { summary }),
        ...(deprecated ? { deprecated } : {}),
      });
      return documented(doc, ts`${name(constant)}: ${handler};`);
    });
    unit.add(
      documented(
        docBlock("", group.doc),
        ts`export interface ${name(names.handlers)} {
  ${methods}
}`,
      ),
    );
  }
  const members = groups.map((group) => {
    const names = layout.group(group);
    return ts`${name(names.key)}: ${name(names.handlers)};`;
  });
  unit.add(
    documented(
      "/** Every handler that the contract needs. */",
      members.length === 0
        ? ts`export type Handlers = Record<never, never>;`
        : ts`export interface Handlers {
  ${members}
}`,
    ),
  );
}
