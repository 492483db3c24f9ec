/** Room `diff`: what clients have to prove, and how. */
import type { Api, SecurityAlternative, SecurityScheme } from "../model/api.js";
import type { Sides } from "./change.js";
import type { OperationDiff } from "./compare-operation.js";
import type { Ledger } from "./ledger.js";

/** Of one operation: any of its alternatives will do. */
export function compareSecurity(
  { before, after, add }: OperationDiff,
  apis: Sides<Api>,
): void {
  const origins = { before: before.origin, after: after.origin };
  const isOpen = (list: readonly SecurityAlternative[]) =>
    list.length === 0 || list.some(({ schemes }) => schemes.length === 0);
  const old = before.security.filter(({ schemes }) => schemes.length > 0);
  const now = after.security.filter(({ schemes }) => schemes.length > 0);
  if (isOpen(before.security) && !isOpen(after.security)) {
    add({
      id: "security-added",
      severity: "breaking",
      message: `credentials are required now: ${names(now)}`,
      ...origins,
    });
    return;
  }
  if (!isOpen(before.security) && isOpen(after.security)) {
    add({
      id: "security-removed",
      severity: "warning",
      message: "credentials are no longer required",
      ...origins,
    });
    return;
  }
  for (const each of old) {
    if (now.some((other) => key(other) === key(each))) continue;
    const alike = now.find((other) => namesKey(other) === namesKey(each));
    if (alike)
      compareScopes(each, alike, (id, severity, message) =>
        add({ id, severity, message, ...origins }),
      );
    else if (isOpen(after.security)) {
      add({
        id: "security-alternative-removed",
        severity: "warning",
        message: `${names([each])} is no longer of use`,
        ...origins,
      });
    } else
      add({
        id: "security-alternative-removed",
        severity: "breaking",
        message: `${names([each])} no longer suffices`,
        ...origins,
      });
  }
  for (const each of now) {
    if (old.some((other) => namesKey(other) === namesKey(each))) continue;
    add({
      id: "security-alternative-added",
      severity: "info",
      message: `${names([each])} suffices now`,
      ...origins,
    });
  }
  compareUsedSchemes({ before: old, after: now }, apis, (entry) =>
    add({ ...entry, key: `${entry.id} ${entry.message}` }),
  );
}

function names(alternatives: readonly SecurityAlternative[]): string {
  return alternatives
    .map(({ schemes }) =>
      schemes.map(({ name }) => `\`${name}\``).join(" with "),
    )
    .join(" or ");
}

function namesKey({ schemes }: SecurityAlternative): string {
  return JSON.stringify(schemes.map(({ name }) => name).sort());
}

function key({ schemes }: SecurityAlternative): string {
  return JSON.stringify(
    schemes.map(({ name, scopes }) => [name, [...scopes].sort()]).sort(),
  );
}

function compareScopes(
  before: SecurityAlternative,
  after: SecurityAlternative,
  say: (id: string, severity: "breaking" | "info", message: string) => void,
): void {
  for (const { name, scopes } of after.schemes) {
    const old = before.schemes.find((each) => each.name === name)?.scopes ?? [];
    for (const scope of scopes) {
      if (!old.includes(scope))
        say(
          "security-scope-added",
          "breaking",
          `\`${name}\` needs the scope \`${scope}\` now`,
        );
    }
    for (const scope of old) {
      if (!scopes.includes(scope))
        say(
          "security-scope-removed",
          "info",
          `\`${name}\` no longer needs the scope \`${scope}\``,
        );
    }
  }
}

type Add = (entry: Parameters<Ledger["add"]>[0]) => void;

/** A scheme that is proved in another way breaks the operations that ask for it. */
function compareUsedSchemes(
  used: Sides<readonly SecurityAlternative[]>,
  apis: Sides<Api>,
  add: Add,
): void {
  const wanted = new Set(
    used.after.flatMap(({ schemes }) => schemes.map(({ name }) => name)),
  );
  for (const { name } of used.before.flatMap(({ schemes }) => schemes)) {
    if (!wanted.delete(name)) continue;
    const old = apis.before.security.find((each) => each.name === name);
    const now = apis.after.security.find((each) => each.name === name);
    if (!old || !now) continue;
    const told = { before: proof(old), after: proof(now) };
    if (told.before === told.after) continue;
    add({
      id: "security-scheme-changed",
      severity: "breaking",
      message: `\`${name}\` is ${told.after}, which was ${told.before}`,
      before: old.origin,
      after: now.origin,
    });
  }
}

function proof(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case "apiKey":
      return `the key in the ${scheme.in} \`${scheme.in === "header" ? scheme.parameter.toLowerCase() : scheme.parameter}\``;
    case "http":
      return `HTTP \`${scheme.scheme}\``;
    case "oauth2":
      return "OAuth 2.0";
    case "openIdConnect":
      return `OpenID Connect at \`${scheme.url}\``;
    case "mutualTLS":
      return "mutual TLS";
  }
}

/** The list of schemes itself: what operations ask for is theirs to say. */
export function compareSchemes(
  { before, after }: Sides<Api>,
  ledger: Ledger,
): void {
  const old = new Set(before.security.map(({ name }) => name));
  const now = new Set(after.security.map(({ name }) => name));
  for (const { name, origin } of before.security) {
    if (now.has(name)) continue;
    ledger.add({
      id: "security-scheme-removed",
      severity: "info",
      message: `the security scheme \`${name}\` is gone`,
      before: origin,
      after: after.origin,
    });
  }
  for (const { name, origin } of after.security) {
    if (old.has(name)) continue;
    ledger.add({
      id: "security-scheme-added",
      severity: "info",
      message: `the security scheme \`${name}\` is new`,
      before: before.origin,
      after: origin,
    });
  }
}
