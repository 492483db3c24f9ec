/** Room `emit`: `router.ts`: the table of routes, and `createRouter`. */
import type { Operation, SecurityScheme } from "../model/api.js";
import type { FilePath } from "../name/layout.js";
import { type Code, lines, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { docBlock } from "./doc.js";
import {
  documentFacts,
  requestHeaders,
  responseHeaders,
} from "./browser-facts.js";
import { HANDLERS_FILE, responseChecksFile, ROUTER_FILE } from "./files.js";
import { rt, rtType } from "./runtime-symbols.js";
import {
  arrowConstant,
  json,
  list,
  objectLines,
  objectLiteral,
  property,
  parameters,
  propertyKey,
  typeArguments,
} from "./syntax.js";
import { documented, fileSymbol, type SourceUnit } from "./unit.js";

/** `checked`: the files whose answers can be checked. */
export function emitRouter(
  context: EmitContext,
  checked: ReadonlySet<FilePath>,
): void {
  const { layout } = context;
  const unit = context.unit(ROUTER_FILE);
  for (const each of [
    "createRouter",
    "Security",
    "routes",
    "schemes",
    "facts",
  ]) {
    unit.declare(each);
  }
  const loads: Code[] = [];
  const routes: Code[] = [];
  for (const group of layout.api.groups) {
    const routed = group.operations.filter((operation) => operation.routed);
    if (routed.length === 0) continue;
    const names = layout.group(group);
    const files = new Set(
      routed.map((operation) => layout.operation(operation).file),
    );
    const loadOf = new Map<FilePath, string>();
    const checksOf = new Map<FilePath, string>();
    for (const file of layout.operationsByFile.keys()) {
      if (!files.has(file)) continue;
      const load = unit.declare(
        `load${names.handlers.replace(/Handlers$/, "")}${partOf(file)}`,
      );
      loadOf.set(file, load);
      loads.push(loader(context, load, file));
      if (!checked.has(file)) continue;
      const checks = unit.declare(`${load}Checks`);
      checksOf.set(file, checks);
      loads.push(loader(context, checks, responseChecksFile(file)));
    }
    for (const operation of routed) {
      const { file } = layout.operation(operation);
      const load = loadOf.get(file);
      if (load === undefined) throw new Error("an operation without a file");
      const checks = checksOf.get(file);
      routes.push(route(context, operation, names.key, load, checks));
    }
  }
  if (loads.length > 0) unit.add(lines(loads));
  unit.add(
    routes.length === 0
      ? ts`const routes: readonly ${rtType.Route}[] = [];`
      : ts`const routes: readonly ${rtType.Route}[] = [
  ${routes.map((each) => ts`${each},`)}
];`,
  );
  const used = emitSecurity(
    context,
    unit,
    "Security",
    layout.api.groups.flatMap((group) => group.operations),
  );
  const facts = documentFacts(layout.api);
  if (facts !== undefined) {
    unit.add(ts`const facts: ${rtType.DocumentFacts} = ${facts};`);
  }
  const options = ts`options: ${rtType.RouterOptions}<Security>`;
  const signature = parameters([
    ts`handlers: ${fileSymbol(HANDLERS_FILE, "Handlers", true)}`,
    used.length === 0 ? ts`${options} = {}` : options,
  ]);
  unit.add(
    documented(
      "/** A `@koa/router` with every operation of the contract: mountable, nestable, with middleware before and after. */",
      ts`export function createRouter${signature}: ${rtType.Router} {
  return ${rt.router}(routes, schemes, handlers, options${facts === undefined ? ts`` : ts`, facts`});
}`,
    ),
  );
}

/** The schemes that the operations use, and the type of their authenticators. */
export function emitSecurity(
  context: EmitContext,
  unit: SourceUnit,
  type: string,
  operations: readonly Operation[],
): SecurityScheme[] {
  const used = usedSchemes(context, operations);
  unit.add(
    ts`const schemes: ${rtType.SecuritySchemes} = ${objectLines(
      used.map(
        (scheme) => ts`${propertyKey(scheme.name)}: ${describe(scheme)}`,
      ),
    )};`,
  );
  unit.add(
    documented(
      used.length === 0
        ? "/** The contract secures nothing. */"
        : "/** One authenticator for each security scheme that the contract uses. */",
      used.length === 0
        ? ts`export type ${name(type)} = Record<never, never>;`
        : ts`export interface ${name(type)} {
  ${used.map((scheme) =>
    documented(
      docBlock("", scheme.doc.deprecated ? { deprecated: true } : {}),
      ts`${propertyKey(scheme.name)}: ${typeArguments(rtType.Authenticator, [credential(scheme), ts`${scheme.name}`])};`,
    ),
  )}
}`,
    ),
  );
  return used;
}

/** Whether the runtime has to know the operation's module before anything else happens to a request. */
export function hasPolicies({ policies }: Operation): boolean {
  return Object.keys(policies).length > 0;
}

/** `3` of `operations/repos/3.ts`; empty where the group is one file. */
function partOf(file: FilePath): string {
  return /\/(\d+)\.ts$/.exec(file.slice("operations/".length))?.[1] ?? "";
}

function loader(context: EmitContext, own: string, file: FilePath): Code {
  const specifier = `./${file.replace(/\.ts$/, context.importExtension)}`;
  return arrowConstant(
    ts`const ${name(own)}`,
    ts`(): Promise<object>`,
    ts`import(${specifier})`,
  );
}

export function route(
  context: EmitContext,
  operation: Operation,
  group: string,
  load: string,
  checks?: string,
): Code {
  const { constant } = context.layout.operation(operation);
  const members = [
    property("id", ts`${constant}`),
    ts`method: ${operation.method}`,
    property(
      "path",
      operation.sent ? ts`${`/${constant}`}` : ts`${operation.path}`,
    ),
    ts`group: ${group}`,
  ];
  if (operation.tags.length > 0) {
    members.push(ts`tags: ${list(operation.tags.map((tag) => ts`${tag}`))}`);
  }
  if (operation.security.length > 0) {
    const alternatives = operation.security.map(({ schemes }) =>
      objectLiteral(
        schemes.map(
          (scheme) =>
            ts`${propertyKey(scheme.name)}: ${list(scheme.scopes.map((each) => ts`${each}`))}`,
        ),
      ),
    );
    members.push(ts`security: ${securityList(alternatives, operation)}`);
  }
  const asks = requestHeaders(operation);
  if (asks.length > 0) members.push(named("requestHeaders", asks));
  const tells = responseHeaders(operation);
  if (tells.length > 0) members.push(named("responseHeaders", tells));
  if (hasPolicies(operation)) members.push(ts`policies: true`);
  members.push(ts`load: ${name(load)}`);
  if (checks !== undefined) members.push(ts`checks: ${name(checks)}`);
  return objectLines(members);
}

function named(key: string, names: readonly string[]): Code {
  return ts`${name(key)}: ${list(names.map((each) => ts`${each}`))}`;
}

/** Several alternatives of several schemes each stand one below the other, as prettier has it. */
function securityList(
  alternatives: readonly Code[],
  { security }: Operation,
): Code {
  const spread =
    alternatives.length > 1 &&
    security.every(({ schemes }) => schemes.length > 1);
  if (!spread) return list(alternatives);
  return ts`[
  ${alternatives.map((each) => ts`${each},`)}
]`;
}

function usedSchemes(
  context: EmitContext,
  operations: readonly Operation[],
): SecurityScheme[] {
  const used = new Set<string>();
  for (const operation of operations) {
    if (!operation.routed && !operation.sent) continue;
    for (const { schemes } of operation.security) {
      for (const scheme of schemes) used.add(scheme.name);
    }
  }
  return context.layout.schemes.filter((scheme) => used.has(scheme.name));
}

function describe(scheme: SecurityScheme): Code {
  const members = [ts`kind: ${scheme.kind}`];
  if (scheme.kind === "apiKey") {
    members.push(ts`in: ${scheme.in}`, ts`parameter: ${scheme.parameter}`);
  }
  if (scheme.kind === "http") members.push(ts`scheme: ${scheme.scheme}`);
  if (scheme.kind === "openIdConnect" && scheme.url !== "") {
    members.push(property("url", ts`${scheme.url}`));
  }
  if (!("jwt" in scheme) || scheme.jwt === undefined) {
    return objectLiteral(members);
  }
  members.push(ts`jwt: ${json({ ...scheme.jwt })}`);
  return objectLines(members);
}

function credential(scheme: SecurityScheme): Code {
  if (scheme.kind === "http" && scheme.scheme === "basic") {
    return rtType.BasicCredential;
  }
  if (scheme.kind === "mutualTLS") return rtType.ClientCertificate;
  return ts`string`;
}
