/** Room `emit`: the types of one operation: what its handler receives, what it may answer, its `reply`. */
import type { Media, Operation } from "../model/api.js";
import type { OperationNames } from "../name/layout.js";
import { answerTypes } from "./answer-types.js";
import { type Code, mentions, name, ts } from "./code.js";
import { operationsSymbol } from "./contract-symbols.js";
import type { EmitContext } from "./context.js";
import { commentLine, docBlock } from "./doc.js";
import { hasPrincipal, paramsOf } from "./read.js";
import { replyInterface } from "./reply-type.js";
import { bodyValueType } from "./body-type.js";
import { isOneValue } from "./body-codec.js";
import { policyMembers } from "./policy-types.js";
import { mediaType } from "./media-type.js";
import { rtType } from "./runtime-symbols.js";
import {
  assign,
  index,
  objectType,
  propertyKey,
  typeArgument,
  typeArguments,
  unionAlias,
  unionMember,
} from "./syntax.js";
import { documented, type SourceUnit } from "./unit.js";

export function emitOperationTypes(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
  names: OperationNames,
): void {
  const alias = unit.declare(`${names.pascal}Contract`);
  const contract = name(alias);
  const route = `${operation.method} ${commentLine(operation.path)}`;
  const request = documented(
    docBlock(
      `What the handler of \`${route}\` receives: decoded, checked, defaults filled in.`,
      {},
    ),
    ts`export interface ${name(`${names.pascal}Request`)} ${members(
      requestMembers(context, operation, contract),
    )}`,
  );
  const response = documented(
    docBlock(
      "What it may answer. A status the contract does not declare is a type error.",
      {},
    ),
    unionAlias(
      ts`export type ${name(`${names.pascal}Response`)}`,
      operation.answers.length === 0
        ? [ts`never`]
        : answerTypes(context, operation, names, contract),
    ),
  );
  if ([request, response].some((code) => mentions(code, alias))) {
    const own = index(operationsSymbol, names.constant);
    unit.add(assign(ts`type ${contract}`, own));
  }
  unit.add(request);
  unit.add(response);
  unit.add(replyInterface(operation, names));
  unit.add(
    documented(
      docBlock(`\`${route}\``, operation.doc),
      assign(
        ts`export type ${name(`${names.pascal}Handler`)}`,
        typeArguments(rtType.Handler, [
          name(`${names.pascal}Request`),
          name(`${names.pascal}Response`),
          name(`${names.pascal}Reply`),
        ]),
      ),
    ),
  );
}

function members(list: readonly Code[]): Code {
  if (list.length === 0) return ts`{}`;
  return ts`{
  ${list.map((each) => ts`${each};`)}
}`;
}

function requestMembers(
  context: EmitContext,
  operation: Operation,
  contract: Code,
): Code[] {
  const out: Code[] = [];
  const parameters = index(contract, "parameters");
  const places = [
    ["params", "path"],
    ["query", "query"],
    ["headers", "header"],
    ["cookies", "cookie"],
  ] as const;
  for (const [key, place] of places) {
    if (paramsOf(operation, place).length === 0) continue;
    out.push(
      ts`${name(key)}: ${typeArgument(name("NonNullable"), index(parameters, place))}`,
    );
  }
  const body = bodyType(context, operation, contract);
  if (body) {
    out.push(
      unionMember(operation.body?.required ? ts`body:` : ts`body?:`, body),
    );
  }
  const principal = principalType(operation);
  if (principal) out.push(unionMember(ts`principal:`, principal));
  out.push(
    ...policyMembers(operation, context.layout.operation(operation).constant),
  );
  return out;
}

function bodyType(
  context: EmitContext,
  operation: Operation,
  contract: Code,
): Code[] | undefined {
  const media = operation.body?.media ?? [];
  const [first] = media;
  if (first === undefined) return undefined;
  const request = index(contract, "requestBody");
  const content = index(
    operation.body?.required
      ? request
      : typeArgument(name("NonNullable"), request),
    "content",
  );
  if (isOneValue(context, media)) {
    return [requestMedia(context, operation, first, content)];
  }
  return media.map((each) =>
    objectType([
      ts`contentType: ${each.type}`,
      ts`value: ${requestMedia(context, operation, each, content)}`,
    ]),
  );
}

/** What the service sends arrives as a stream or a text as well, and is otherwise one of its own values. */
function requestMedia(
  context: EmitContext,
  { sent }: Operation,
  media: Media,
  content: Code,
): Code {
  return sent && media.codec === "json"
    ? mediaType(context, media, content)
    : bodyValueType(context, media, content);
}

/** The union over the alternatives; schemes that must hold together by name; `undefined` where anonymous requests are let in. */
function principalType(operation: Operation): Code[] | undefined {
  const alternatives = operation.security;
  if (!hasPrincipal(operation)) return undefined;
  const types: Code[] = [];
  const seen = new Set<string>();
  for (const { schemes } of alternatives) {
    const key = JSON.stringify(schemes.map((scheme) => scheme.name));
    if (seen.has(key)) continue;
    seen.add(key);
    const [only] = schemes;
    if (!only) types.push(ts`undefined`);
    else if (schemes.length === 1) types.push(principalOf(only.name));
    else {
      types.push(
        objectType(
          schemes.map(
            (scheme) =>
              ts`${propertyKey(scheme.name)}: ${principalOf(scheme.name)}`,
          ),
        ),
      );
    }
  }
  return types;
}

function principalOf(scheme: string): Code {
  return ts`${rtType.PrincipalOf}<${scheme}>`;
}
