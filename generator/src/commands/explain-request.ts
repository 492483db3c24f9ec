/** Room `commands`: what becomes of a request: the operation that it reaches, and all that is done for it. */
import type { Operation } from "../model/api.js";
import type { Layout } from "../name/layout.js";
import { readManifest } from "../output/manifest.js";
import { handlerGroups } from "../scaffold/handler-group.js";
import {
  type HandlerPlace,
  locateHandler,
} from "../scaffold/locate-handler.js";
import { exitCodeOf } from "./exit-code.js";
import { explainOperation } from "./explain-operation.js";
import { explainText } from "./explain-text.js";
import { type Match, matchRequest } from "./match-request.js";
import { operationOf } from "./operation-of.js";
import type { GlobalOptions, Outcome, TargetFlags } from "./outcome.js";
import { resolveTargets, type Target } from "./targets.js";
import { UsageError } from "./usage-error.js";

/** `text`: `GET /books/1`, `GET /books/{bookId}`, an operationId or the name of a handler. */
export async function explainRequest(
  text: string,
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Outcome> {
  const { generate } = await import("../generate.js");
  const missed: string[] = [];
  for (const target of await resolveTargets(flags, globals)) {
    const { diagnostics, sources, timings, layout } = await generate(
      target.spec,
      target.options,
    );
    const outcome: Outcome = {
      exit: exitCodeOf(diagnostics),
      // `lint` tells the warnings
      diagnostics: diagnostics.filter(({ severity }) => severity === "error"),
      sources,
      files: [],
      timings,
      summary: [],
    };
    if (outcome.exit !== 0 || layout === undefined) return outcome;
    const match = find(layout, text);
    if (match === undefined) {
      missed.push(...similar(layout, text));
      continue;
    }
    if ("allow" in match) {
      outcome.data = `${text.trim()}\n  405 Method Not Allowed\n  Allow: ${match.allow.join(", ")}\n`;
      outcome.more = { status: 405, allow: match.allow };
      return outcome;
    }
    const { operation, values } = match;
    const { out } = target;
    const handler = await handlerOf(operation, layout, target, globals.cwd);
    const facts = explainOperation(
      operation,
      { layout, sources, out, cwd: globals.cwd },
      handler,
    );
    outcome.data = explainText(facts, values);
    outcome.more = { operation: facts, values };
    return outcome;
  }
  const near =
    missed.length === 0
      ? "say `GET /books/1`, an operationId or a code such as KT2003"
      : `near: ${missed.slice(0, 5).join(", ")}`;
  throw new UsageError(`\`${text}\` is no operation of the document; ${near}`);
}

function find(layout: Layout, text: string): Match | undefined {
  const [, method, path] =
    /^\s*([!#$%&'*+.^_`|~\w-]+)\s+(\/.*?)\s*$/s.exec(text) ?? [];
  if (method !== undefined && path !== undefined) {
    return matchRequest(layout.api, method.toUpperCase(), path);
  }
  const name = text.trim();
  const operation =
    operations(layout).find(({ id }) => id === name) ??
    operationOf(layout, name);
  return operation && { operation, values: {} };
}

function operations({ api }: Layout): Operation[] {
  return api.groups.flatMap((group) => group.operations);
}

/** Operations that have a word of what was asked for. */
function similar(layout: Layout, text: string): string[] {
  const words = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return operations(layout)
    .filter(({ id, path }) =>
      words.some((word) => `${id} ${path}`.toLowerCase().includes(word)),
    )
    .map(({ id, method, path }) => `${id} (${method} ${path})`);
}

async function handlerOf(
  operation: Operation,
  layout: Layout,
  { handlers, out, options }: Target,
  cwd: string,
): Promise<HandlerPlace | undefined> {
  if (handlers === false) return undefined;
  const name = layout.operation(operation).constant;
  const own = layout.api.groups.find((each) =>
    each.operations.includes(operation),
  );
  const key = own && layout.group(own).key;
  const group = handlerGroups(layout).find((each) => each.key === key);
  return group === undefined
    ? undefined
    : locateHandler(group, name, {
        handlers,
        out,
        cwd,
        importExtension: options.importExtension ?? ".js",
        before: readManifest(out).manifest?.operations ?? [],
      });
}
