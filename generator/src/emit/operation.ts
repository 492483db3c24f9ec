/** Room `emit`: one file of a group: for each operation its types, reader, writer and descriptor. */
import type { Json } from "../load/document.js";
import type { Operation, StatusKey } from "../model/api.js";
import { isBodiless } from "./answer-types.js";
import { type Code, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { emitOperationTypes } from "./operation-types.js";
import { replyMethods } from "./reply-type.js";
import { emitRead } from "./read.js";
import { bodyMember } from "./body-codec.js";
import { rt, rtType } from "./runtime-symbols.js";
import { hasPolicies } from "./router.js";
import {
  assign,
  json,
  list,
  objectLines,
  objectLiteral,
  property,
  propertyKey,
  typeArguments,
} from "./syntax.js";
import type { SourceUnit } from "./unit.js";
import { emitWrite } from "./write.js";

export function emitOperations(
  context: EmitContext,
  unit: SourceUnit,
  operations: readonly Operation[],
): void {
  for (const operation of operations) {
    declareOperation(context, unit, operation);
  }
  for (const operation of operations) emitOperation(context, unit, operation);
}

/** Names of the whole file are claimed before the first helper gets one. */
function declareOperation(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
): void {
  const names = context.layout.operation(operation);
  for (const suffix of ["Request", "Response", "Reply", "Handler"]) {
    unit.declare(`${names.pascal}${suffix}`);
  }
  unit.declare(names.constant);
  unit.declare(`read${names.pascal}`);
  unit.declare(`write${names.pascal}`);
}

function emitOperation(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
): void {
  const names = context.layout.operation(operation);
  emitOperationTypes(context, unit, operation, names);
  emitRead(context, unit, operation, names);
  emitWrite(context, unit, operation, names);
  const type = typeArguments(rtType.Operation, [
    name(`${names.pascal}Request`),
    name(`${names.pascal}Response`),
    name(`${names.pascal}Reply`),
  ]);
  const members: Code[] = [
    property("id", ts`${names.constant}`),
    ts`method: ${operation.method}`,
    property("path", ts`${operation.path}`),
    ts`answers: ${answers(operation)}`,
  ];
  const body = bodyMember(context, unit, operation, names);
  if (body) members.push(ts`body: ${body}`);
  if (operation.unknownQuery !== undefined) {
    members.push(ts`unknownQuery: ${operation.unknownQuery}`);
  }
  if (hasPolicies(operation)) {
    members.push(ts`policies: ${policiesLiteral(operation)}`);
  }
  const replies = replyMethods(operation).map(
    ({ method, status }) => ts`${name(method)}: ${status}`,
  );
  members.push(
    property("read", name(`read${names.pascal}`)),
    ts`reply: ${rt.replies}(${objectLiteral(replies)})`,
    property("write", name(`write${names.pascal}`)),
  );
  unit.add(
    assign(
      ts`export const ${name(names.constant)}: ${type}`,
      ts`${rt.operation}(${objectLines(members)})`,
    ),
  );
}

/** Policies are plain data, whatever types their builders give them. */
function policiesLiteral({ policies }: Operation): Code {
  const plain: Json = JSON.parse(JSON.stringify(policies));
  return compact(plain);
}

/** A JSON value in as few lines as it needs, as somebody would write options. */
function compact(value: Json): Code {
  if (Array.isArray(value)) {
    const objects = value.filter(
      (each) => typeof each === "object" && Object.keys(each ?? {}).length > 1,
    );
    const items = value.map(compact);
    // Several objects of several members each stand one below the other, as prettier has it.
    if (objects.length === items.length && items.length > 1) {
      return ts`[
  ${items.map((each) => ts`${each},`)}
]`;
    }
    return list(items);
  }
  if (typeof value !== "object" || value === null) return json(value);
  return objectLiteral(
    Object.entries(value).map(([key, member]) =>
      typeof member === "object"
        ? ts`${propertyKey(key)}: ${compact(member)}`
        : property(key, json(member)),
    ),
  );
}

function answers(operation: Operation): Code {
  return objectLiteral(
    operation.answers.map((answer) => {
      const types = isBodiless(answer.status)
        ? []
        : answer.media.map((media) => ts`${media.type}`);
      return ts`${statusKey(answer.status)}: ${list(types)}`;
    }),
  );
}

function statusKey(status: StatusKey): Code {
  return typeof status === "number" ? ts`${status}` : propertyKey(status);
}
