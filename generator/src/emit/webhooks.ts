/** Room `emit`: what the service sends: receivers (`createWebhooks`) and senders, where the document has webhooks or callbacks. */
import type { Operation, Outgoing, Param } from "../model/api.js";
import { isOneValue } from "./body-codec.js";
import { type Code, lines, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { commentLine, docBlock } from "./doc.js";
import { RECEIVE_FILE, SEND_FILE, WEBHOOKS_FILE } from "./files.js";
import { emitOperations } from "./operation.js";
import { emitSecurity, route } from "./router.js";
import { rt, rtType } from "./runtime-symbols.js";
import {
  arrowConstant,
  assign,
  callWithObject,
  list,
  objectLiteral,
  parameters,
  typeArguments,
} from "./syntax.js";
import { documented, fileSymbol, type SourceUnit } from "./unit.js";
import { emitPayload } from "./write.js";

/** Before the models: payloads ask for their projections. */
export function emitWebhooks(context: EmitContext): void {
  const { outgoing } = context.layout.api;
  if (outgoing.length === 0) return;
  const operations = outgoing.map(({ operation }) => operation);
  emitOperations(context, context.unit(RECEIVE_FILE), operations);
  emitSenders(context, outgoing);
  emitReceivers(context, operations);
}

function emitReceivers(
  context: EmitContext,
  operations: readonly Operation[],
): void {
  const unit = context.unit(WEBHOOKS_FILE);
  for (const each of ["createWebhooks", "routes", "schemes", "loadReceive"]) {
    unit.declare(each);
  }
  const specifier = `./${RECEIVE_FILE.replace(/\.ts$/, context.importExtension)}`;
  unit.add(
    lines([
      arrowConstant(
        ts`const loadReceive`,
        ts`(): Promise<object>`,
        ts`import(${specifier})`,
      ),
    ]),
  );
  const routes = operations.map((operation) =>
    route(context, operation, "webhooks", "loadReceive"),
  );
  unit.add(
    ts`const routes: readonly ${rtType.Route}[] = [
  ${routes.map((each) => ts`${each},`)}
];`,
  );
  const used = emitSecurity(context, unit, "WebhookSecurity", operations);
  const methods = operations.map((operation) => {
    const { constant, pascal } = context.layout.operation(operation);
    return documented(
      docBlock("", { ...operation.doc }),
      ts`${name(constant)}?: ${fileSymbol(RECEIVE_FILE, `${pascal}Handler`, true)};`,
    );
  });
  unit.add(
    documented(
      "/** Receivers of what the contract says is sent: those that you give are served. */",
      ts`export interface WebhookHandlers {
  ${methods}
}`,
    ),
  );
  const options = ts`options: ${rtType.WebhookOptions}<WebhookSecurity>`;
  const signature = parameters([
    ts`handlers: WebhookHandlers`,
    used.length === 0 ? ts`${options} = {}` : options,
  ]);
  unit.add(
    documented(
      "/** A `@koa/router` for the receivers, each at the path that `options.paths` gives it. */",
      ts`export function createWebhooks${signature}: ${rtType.Router} {
  return ${rt.webhooks}(routes, schemes, handlers, options);
}`,
    ),
  );
}

function emitSenders(
  context: EmitContext,
  outgoing: readonly Outgoing[],
): void {
  const unit = context.unit(SEND_FILE);
  for (const { operation } of outgoing) {
    const { constant, pascal } = context.layout.operation(operation);
    unit.declare(`send${pascal}`);
    unit.declare(`payload${pascal}`);
    unit.declare(`${constant}Url`);
  }
  for (const each of outgoing) emitSender(context, unit, each);
}

function emitSender(
  context: EmitContext,
  unit: SourceUnit,
  { operation, of }: Outgoing,
): void {
  const names = context.layout.operation(operation);
  emitPayload(context, unit, operation, names);
  const members: Code[] = [
    ts`operation: ${fileSymbol(RECEIVE_FILE, names.constant)}`,
  ];
  const params = operation.params.filter(({ in: place }) => place !== "path");
  if (params.length > 0) {
    members.push(ts`params: ${list(params.map(parameter))}`);
  }
  if (operation.body) {
    members.push(ts`payload: ${name(`payload${names.pascal}`)}`);
    if (!isOneValue(context, operation.body.media)) {
      members.push(ts`tagged: true`);
    }
  }
  const what = `Sends \`${commentLine(names.constant)}\`: ${commentLine(operation.method)} to the URL that you give.`;
  const request = fileSymbol(RECEIVE_FILE, `${names.pascal}Request`, true);
  unit.add(
    documented(
      docBlock(what, operation.doc),
      assign(
        ts`export const ${name(`send${names.pascal}`)}: ${typeArguments(rtType.Sender, [request])}`,
        callWithObject(rt.sender, members),
      ),
    ),
  );
  if (!of) return;
  const text = `Where to: what \`${commentLine(operation.path)}\` says of a request of \`${commentLine(of.id)}\`; \`undefined\` when it names no URL.`;
  unit.add(
    documented(
      docBlock(text, {}),
      ts`export function ${name(`${names.constant}Url`)}${parameters([ts`exchange: ${rtType.Exchange}`])}: string | undefined {
  return ${rt.callbackUrl}(${operation.path}, exchange);
}`,
    ),
  );
}

function parameter({ name: key, in: place, style, explode }: Param): Code {
  return objectLiteral([
    ts`name: ${key}`,
    ts`in: ${place}`,
    ts`style: ${style}`,
    ts`explode: ${explode}`,
  ]);
}
