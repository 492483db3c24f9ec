/** Room `emit`: `index.ts`: everything that users import. */
import { name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import {
  HANDLERS_FILE,
  INDEX_FILE,
  PROBLEMS_FILE,
  RECEIVE_FILE,
  ROUTER_FILE,
  SEND_FILE,
  WEBHOOKS_FILE,
} from "./files.js";

export function emitBarrel(context: EmitContext): void {
  const { layout } = context;
  const unit = context.unit(INDEX_FILE);
  const specifier = (file: string) =>
    `./${file.replace(/\.ts$/, context.importExtension)}`;
  const files = [
    HANDLERS_FILE,
    ...layout.modelsByFile.keys(),
    ...layout.operationsByFile.keys(),
    ...(layout.api.outgoing.length > 0 ? [RECEIVE_FILE] : []),
  ].sort((a, b) => (a < b ? -1 : 1));
  const exports = files.map(
    (file) => ts`export type * from ${specifier(file)};`,
  );
  const router = specifier(ROUTER_FILE);
  const sent = layout.api.outgoing.length > 0;
  const webhooks = [
    ts`export type { ${name("WebhookHandlers")}, ${name("WebhookSecurity")} } from ${specifier(WEBHOOKS_FILE)};`,
    ts`export { ${name("createWebhooks")} } from ${specifier(WEBHOOKS_FILE)};`,
    ts`export * from ${specifier(SEND_FILE)};`,
  ];
  unit.add(
    ts`${[
      ...exports,
      ts`export type { ${name("Security")} } from ${router};`,
      ts`export { ${name("createRouter")} } from ${router};`,
      ...(sent ? webhooks : []),
      ...(layout.problems.length > 0
        ? [ts`export { ${name("problems")} } from ${specifier(PROBLEMS_FILE)};`]
        : []),
    ]}`,
  );
}
