/** Room `emit`: the one place that hands something to openapi-typescript: its transforms, on what is resolved already. */
import { createRequire } from "node:module";
import type ts from "typescript";
import type { Json, JsonObject } from "../load/document.js";
import { contextOf } from "./contract-context.js";
import { record } from "./contract-schema.js";
import { withoutPercent } from "./percent-keys.js";

/** One operation as it is to be printed. */
export interface PrintedOperation {
  /** Its key in `operations`. */
  key: string;
  method: string;
  /** Absent for what the service sends: it has no path. */
  path?: string;
  projected: JsonObject;
}

interface Printer {
  transform(schema: unknown, context: unknown): ts.Node[];
  injectOperationObject(
    key: string,
    operation: unknown,
    options: { ctx: unknown; path: string },
  ): void;
  astToString(nodes: unknown): string;
  oapiRef(reference: string): ts.TypeNode;
  tsPropertyIndex(key: string): ts.PropertyName;
  factory: ts.NodeFactory;
  isInterface(node: ts.Node): node is ts.InterfaceDeclaration;
  isAlias(node: ts.Node): node is ts.TypeAliasDeclaration;
  isLiteral(node: ts.Node | undefined): node is ts.TypeLiteralNode;
}

/** Loaded with the first document: a library that is only imported prints nothing. */
function loadPrinter(): Printer {
  const require = createRequire(import.meta.url);
  const index =
    require("openapi-typescript/dist/transform/index.cjs") as Printer["transform"];
  const operation =
    require("openapi-typescript/dist/transform/operation-object.cjs") as Pick<
      Printer,
      "injectOperationObject"
    >;
  const library = require("openapi-typescript/dist/lib/ts.cjs") as Pick<
    Printer,
    "astToString" | "oapiRef" | "tsPropertyIndex"
  >;
  const compiler = require("typescript") as typeof ts;
  return {
    transform: index,
    injectOperationObject: operation.injectOperationObject,
    astToString: library.astToString,
    oapiRef: library.oapiRef,
    tsPropertyIndex: library.tsPropertyIndex,
    factory: compiler.factory,
    isInterface: compiler.isInterfaceDeclaration,
    isAlias: compiler.isTypeAliasDeclaration,
    isLiteral: (node): node is ts.TypeLiteralNode =>
      node !== undefined && compiler.isTypeLiteralNode(node),
  };
}

/** Fixed fields of a path item that the transform of paths knows. */
const METHODS = /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$/;

/** What is printed into one file: all that openapi-typescript says, or some operations, or some schemas. */
export interface TypesPart {
  kind: "whole" | "operations" | "schemas";
  operations: readonly PrintedOperation[];
  schemas: JsonObject;
}

/** The text of each part. `schemas`: all that a part may refer to. */
export function printTypes(
  parts: readonly TypesPart[],
  schemas: JsonObject,
): string[] {
  const printer = loadPrinter();
  const { value, restore } = withoutPercent({ parts, schemas });
  return value.parts.map((part) =>
    restore(printPart(printer, part, value.schemas)),
  );
}

function printPart(
  printer: Printer,
  { kind, operations, schemas }: TypesPart,
  all: JsonObject,
): string {
  const { paths, others } = pathsAsWritten(operations);
  const document: JsonObject = {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths,
    components: { schemas },
  };
  const context = {
    ...contextOf({ ...document, components: { schemas: all } }),
    transform: (schema: unknown) => customType(printer, schema),
  };
  // In the order of the document, whatever their methods; path items refer to them.
  for (const { key, projected } of operations) {
    printer.injectOperationObject(key, projected, {
      ctx: context,
      path: operationReference(key),
    });
  }
  const nodes = printer
    .transform(document, context)
    .map((node) => withOthers(printer, node, others));
  switch (kind) {
    case "whole":
      return printer.astToString(nodes);
    case "operations":
      return printer.astToString(
        nodes.filter(
          (node) =>
            isHelper(printer, node) ||
            (printer.isInterface(node) &&
              /^(?:paths|operations)$/.test(node.name.text)),
        ),
      );
    case "schemas":
      return printer.astToString([
        ...schemasOf(printer, nodes),
        ...nodes.filter((node) => isHelper(printer, node)),
      ]);
  }
}

/** A type of openapi-typescript's own that the types of the file refer to; each file has what it needs. */
function isHelper({ isAlias }: Printer, node: ts.Node): boolean {
  return isAlias(node) && node.name.text === "WithRequired";
}

/** The members of `components["schemas"]`, as an interface of their own. */
function schemasOf(
  { factory, isInterface, isLiteral }: Printer,
  nodes: readonly ts.Node[],
): ts.Node[] {
  const components = nodes
    .filter(isInterface)
    .find(({ name }) => name.text === "components");
  const type = components?.members
    .filter(isProperty)
    .find((member) => keyOf(member) === "schemas")?.type;
  if (!components || !isLiteral(type)) return [];
  return [
    factory.updateInterfaceDeclaration(
      components,
      components.modifiers,
      factory.createIdentifier("schemas"),
      undefined,
      undefined,
      type.members,
    ),
  ];
}

/** Types of the configuration stand for what JSON has. */
function customType(
  { factory }: Printer,
  schema: unknown,
): ts.TypeNode | undefined {
  // Schemas may be `true` and `false`.
  if (typeof schema !== "object" || schema === null) return undefined;
  const type = "x-kontract-type" in schema ? schema["x-kontract-type"] : "";
  return typeof type === "string" && type !== ""
    ? factory.createTypeReferenceNode(type)
    : undefined;
}

/** Keys are identifiers of ours: nothing in them has to be escaped. */
function operationReference(key: string): string {
  return `#/operations/${key}`;
}

/**
 * Path items under their own keys; an operation that shares its place with another one stands under a key of its own.
 * `others` are those whose methods the transform does not know: `query`, and `additionalOperations`.
 */
function pathsAsWritten(operations: readonly PrintedOperation[]): {
  paths: JsonObject;
  others: ReadonlyMap<string, readonly PrintedOperation[]>;
} {
  const items = new Map<string, [string, Json][]>();
  const others = new Map<string, PrintedOperation[]>();
  for (const operation of operations) {
    const { path } = operation;
    if (path === undefined) continue;
    if (METHODS.test(operation.method)) {
      const method = operation.method.toLowerCase();
      let key = path;
      while (items.get(key)?.some(([taken]) => taken === method)) key += " ";
      const members = items.get(key) ?? [];
      const reference = { $ref: operationReference(operation.key) };
      items.set(key, [...members, [method, reference]]);
    } else {
      let key = path;
      while (
        others.get(key)?.some(({ method }) => method === operation.method)
      ) {
        key += " ";
      }
      if (!items.has(key)) items.set(key, []);
      others.set(key, [...(others.get(key) ?? []), operation]);
    }
  }
  const paths = record(
    [...items].map(([key, members]) => [key, record(members)]),
  );
  return { paths, others };
}

/** The methods of OpenAPI 3.2 as it writes them: `query` beside the others, and `additionalOperations` by name. */
function withOthers(
  printer: Printer,
  node: ts.Node,
  others: ReadonlyMap<string, readonly PrintedOperation[]>,
): ts.Node {
  if (others.size === 0 || !printer.isInterface(node)) return node;
  if (node.name.text !== "paths") return node;
  const { factory } = printer;
  const members = node.members.map((member) => {
    const key = keyOf(member);
    const added = key === undefined ? undefined : others.get(key);
    if (added === undefined || !isProperty(member)) return member;
    if (!printer.isLiteral(member.type)) return member;
    const signature = ({ method, key: operation }: PrintedOperation) =>
      factory.createPropertySignature(
        undefined,
        printer.tsPropertyIndex(method === "QUERY" ? "query" : method),
        undefined,
        printer.oapiRef(operationReference(operation)),
      );
    const named = added.filter(({ method }) => method === "QUERY");
    const rest = added.filter(({ method }) => method !== "QUERY");
    const signatures = named.map(signature);
    if (rest.length > 0) {
      signatures.push(
        factory.createPropertySignature(
          undefined,
          "additionalOperations",
          undefined,
          factory.createTypeLiteralNode(rest.map(signature)),
        ),
      );
    }
    return factory.updatePropertySignature(
      member,
      member.modifiers,
      member.name,
      member.questionToken,
      factory.createTypeLiteralNode([...member.type.members, ...signatures]),
    );
  });
  return factory.updateInterfaceDeclaration(
    node,
    node.modifiers,
    node.name,
    node.typeParameters,
    node.heritageClauses,
    members,
  );
}

function isProperty(member: ts.TypeElement): member is ts.PropertySignature {
  return "type" in member;
}

function keyOf({ name }: ts.TypeElement): string | undefined {
  return name !== undefined && "text" in name ? name.text : undefined;
}
