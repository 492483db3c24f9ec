/** Room `emit`: `client.ts`: the operations as functions of a client, typed by `contract.ts`. */
import type { Operation, Param, SecurityScheme } from "../model/api.js";
import { effectiveDefault } from "./check/effects.js";
import { type Code, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { operationsSymbol } from "./contract-symbols.js";
import { commentLine, docBlock } from "./doc.js";
import { CLIENT_FILE } from "./files.js";
import { client, clientType } from "./runtime-symbols.js";
import {
  index,
  list,
  objectLines,
  objectLiteral,
  objectType,
  parameters,
  property,
  propertyKey,
  typeArgument,
  typeArguments,
  unionArgument,
} from "./syntax.js";
import { documented } from "./unit.js";

export function emitClient(context: EmitContext): void {
  const { layout } = context;
  const unit = context.unit(CLIENT_FILE);
  for (const each of [
    "Client",
    "Credentials",
    "createClient",
    "calls",
    "places",
  ]) {
    unit.declare(each);
  }
  const groups = layout.api.groups.filter((group) =>
    group.operations.some(isCallable),
  );
  const types = groups.map((group) => {
    const { key } = layout.group(group);
    const calls = group.operations.filter(isCallable).map((operation) => {
      const { constant } = layout.operation(operation);
      const { summary, deprecated } = operation.doc;
      const route = `\`${operation.method} ${commentLine(operation.path)}\``;
      return documented(
        docBlock(route, {
          ...(summary === undefined ? {} : { summary }),
          ...(deprecated ? { deprecated } : {}),
        }),
        ts`${name(constant)}: ${callType(context, operation)};`,
      );
    });
    return ts`${name(key)}: {
  ${calls}
};`;
  });
  unit.add(
    documented(
      "/** The operations of the service, by group. */",
      types.length === 0
        ? ts`export type Client = Record<never, never>;`
        : ts`export interface Client {
  ${types}
}`,
    ),
  );
  const schemes = usedSchemes(context);
  unit.add(
    documented(
      "/** What each security scheme takes. */",
      schemes.length === 0
        ? ts`export type Credentials = Record<never, never>;`
        : ts`export interface Credentials {
  ${schemes.map((scheme) => ts`${propertyKey(scheme.name)}: ${credential(scheme)};`)}
}`,
    ),
  );
  unit.add(
    ts`const calls: ${clientType.CallTable} = ${objectLines(
      groups.map((group) => {
        const members = group.operations
          .filter(isCallable)
          .map(
            (operation) =>
              ts`${name(layout.operation(operation).constant)}: ${description(operation)}`,
          );
        return ts`${name(layout.group(group).key)}: ${objectLines(members)}`;
      }),
    )};`,
  );
  unit.add(
    ts`const places = ${objectLines(
      schemes.map(
        (scheme) => ts`${propertyKey(scheme.name)}: ${placeOf(scheme)}`,
      ),
    )} as const;`,
  );
  const options = ts`options: ${typeArguments(clientType.ClientOptions, [name("Credentials")])} = {}`;
  unit.add(
    documented(
      "/** Talks to the service at `options.baseUrl`. */",
      ts`export function createClient${parameters([options])}: Client {
  return ${client.connect}(calls, places, options);
}`,
    ),
  );
}

/** A client sends no request body with TRACE, and `fetch` none of these methods. */
function isCallable({ method, routed }: Operation): boolean {
  return routed && !/^(?:CONNECT|TRACE|TRACK)$/i.test(method);
}

function callType(context: EmitContext, operation: Operation): Code {
  const { constant } = context.layout.operation(operation);
  const own = index(operationsSymbol, constant);
  const filled = operation.params
    .filter(
      (param) =>
        param.in !== "path" &&
        effectiveDefault(context, param.schema) !== undefined,
    )
    .map((param) => ts`${keyOf(param)}`);
  return filled.length === 0
    ? typeArgument(clientType.Call, own)
    : typeArguments(clientType.Call, [own, unionArgument(filled)]);
}

function keyOf(param: Param): string {
  return param.in === "header" ? param.name.toLowerCase() : param.name;
}

const DEFAULTS: Partial<
  Record<Param["in"], { style: string; explode: boolean }>
> = {
  path: { style: "simple", explode: false },
  query: { style: "form", explode: true },
  header: { style: "simple", explode: false },
  cookie: { style: "form", explode: true },
};

function description(operation: Operation): Code {
  const members = [
    ts`method: ${operation.method}`,
    property("path", ts`${operation.path}`),
  ];
  const styles = operation.params.flatMap((param) => {
    const style = styleOf(param);
    return style === undefined
      ? []
      : [ts`${propertyKey(`${param.in}/${keyOf(param)}`)}: ${style}`];
  });
  if (styles.length > 0) members.push(ts`styles: ${objectLines(styles)}`);
  const [media] = operation.body?.media ?? [];
  if (media) members.push(property("body", ts`${media.type}`));
  const schemes = new Set(
    operation.security.flatMap((each) =>
      each.schemes.map((scheme) => scheme.name),
    ),
  );
  if (schemes.size > 0) {
    members.push(
      ts`security: ${list([...schemes].map((each) => ts`${each}`))}`,
    );
  }
  return objectLiteral(members);
}

function styleOf({
  in: place,
  style,
  explode,
  content,
}: Param): Code | undefined {
  if (content !== undefined) return objectLiteral([ts`content: ${content}`]);
  const usual = DEFAULTS[place];
  const members: Code[] = [];
  if (usual?.style !== style) members.push(ts`style: ${style}`);
  if (usual?.style !== style || usual.explode !== explode) {
    members.push(ts`explode: ${explode}`);
  }
  return members.length === 0 ? undefined : objectLiteral(members);
}

function usedSchemes({ layout }: EmitContext): SecurityScheme[] {
  const used = new Set(
    layout.api.groups.flatMap(({ operations }) =>
      operations
        .filter(isCallable)
        .flatMap(({ security }) =>
          security.flatMap(({ schemes }) =>
            schemes.map((scheme) => scheme.name),
          ),
        ),
    ),
  );
  return layout.schemes.filter(
    (scheme) => used.has(scheme.name) && scheme.kind !== "mutualTLS",
  );
}

function credential(scheme: SecurityScheme): Code {
  return scheme.kind === "http" && scheme.scheme === "basic"
    ? objectType([ts`username: string`, ts`password: string`])
    : ts`string`;
}

function placeOf(scheme: SecurityScheme): Code {
  if (scheme.kind === "apiKey") {
    return objectLiteral([
      ts`kind: ${scheme.in}`,
      ts`name: ${scheme.parameter}`,
    ]);
  }
  if (scheme.kind !== "http") return objectLiteral([ts`kind: ${"bearer"}`]);
  const isKnown = scheme.scheme === "basic" || scheme.scheme === "bearer";
  return objectLiteral([ts`kind: ${isKnown ? scheme.scheme : "raw"}`]);
}
