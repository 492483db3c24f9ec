/** Room `diff`: two versions of an API into a list of changes, by what they mean to clients. */
import type { Api, Operation } from "../model/api.js";
import type { Change, Sides } from "./change.js";
import { compareOperation } from "./compare-operation.js";
import { compareOutgoing } from "./compare-outgoing.js";
import { compareSchemes } from "./compare-security.js";
import { openLedger, type Ledger } from "./ledger.js";
import { isExempt, noteAdded, noteRemoved } from "./lifecycle.js";
import { schemaComparison } from "./schema-graph.js";

export interface DiffOptions {
  /** Milliseconds since 1970: what a sunset is past of. */
  now: number;
}

/** Breaking ones first, then warnings; each group in document order. */
export function compareApis(
  before: Api,
  after: Api,
  { now }: DiffOptions,
): Change[] {
  const ledger = openLedger(isExempt);
  const models = { before: before.models, after: after.models };
  const schemas = {
    request: schemaComparison(models, "request"),
    response: schemaComparison(models, "response"),
  };
  compareServers({ before, after }, ledger);
  compareSchemes({ before, after }, ledger);
  const old = operationsOf(before);
  const current = operationsOf(after);
  const { pairs, removed, added } = pairOperations(old, current);
  for (const { before: one, after: two } of pairs) {
    compareOperation(
      { before: one, after: two },
      { ledger, schemas, apis: { before, after } },
    );
  }
  compareOutgoing(
    { before, after },
    { ledger, schemas, apis: { before, after } },
    ({ method, path }) => `${method} ${templateOf(path)}`,
  );
  const kept = new Set(current.map(({ path }) => templateOf(path)));
  const known = new Set(old.map(({ path }) => templateOf(path)));
  for (const each of removed) {
    noteRemoved(each, !kept.has(templateOf(each.path)), after, now, ledger);
  }
  for (const each of added) {
    noteAdded(each, !known.has(templateOf(each.path)), before, ledger);
  }
  const ranks = { breaking: 0, warning: 1, info: 2 };
  return ledger.changes().sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

export function operationsOf(api: Api): Operation[] {
  return api.groups.flatMap(({ operations }) => operations);
}

/** Variables by their places: their names are no matter of clients. */
export function templateOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

interface Paired {
  pairs: Sides<Operation>[];
  removed: Operation[];
  added: Operation[];
}

function pairOperations(
  before: readonly Operation[],
  after: readonly Operation[],
): Paired {
  const open = new Set(after);
  const keys: ((operation: Operation) => string)[] = [
    ({ method, path, id }) => `${method} ${path} ${id}`,
    ({ method, path }) => `${method} ${path}`,
    ({ method, path }) => `${method} ${templateOf(path)}`,
  ];
  let removed = [...before];
  const found = new Map<Operation, Operation>();
  for (const keyOf of keys) {
    const byKey = new Map<string, Operation>();
    for (const each of open)
      if (!byKey.has(keyOf(each))) byKey.set(keyOf(each), each);
    removed = removed.filter((each) => {
      const other = byKey.get(keyOf(each));
      if (!other || !open.delete(other)) return true;
      found.set(each, other);
      return false;
    });
  }
  const pairs = before.flatMap((each) => {
    const other = found.get(each);
    return other ? [{ before: each, after: other }] : [];
  });
  return { pairs, removed, added: [...open] };
}

function compareServers({ before, after }: Sides<Api>, ledger: Ledger): void {
  const origins = { before: before.origin, after: after.origin };
  for (const url of new Set(before.servers)) {
    if (after.servers.includes(url)) continue;
    ledger.add({
      id: "server-removed",
      severity: "warning",
      message: `the server \`${url}\` is gone`,
      ...origins,
    });
  }
  for (const url of new Set(after.servers)) {
    if (before.servers.includes(url)) continue;
    ledger.add({
      id: "server-added",
      severity: "info",
      message: `the server \`${url}\` is new`,
      ...origins,
    });
  }
}
