/** Reads the example document in its several files, without the generator, and judges values by it with another validator. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { load } from "js-yaml";

type Node = Record<string, unknown>;

const FOLDER = new URL("../../example-spec/", import.meta.url);
const METHODS = ["get", "put", "post", "delete", "options", "patch"];

export interface ExampleValue {
  at: string;
  value: unknown;
  validate: ValidateFunction;
}

export interface DeclaredAnswer {
  /** Lower-case names of headers that must be there. */
  requiredHeaders: string[];
  /** Media type → validator of the body, or of each line of it. Empty: no body. */
  content: Map<string, ValidateFunction>;
}

export interface DeclaredOperation {
  id: string;
  method: string;
  path: string;
  node: Node;
  answers: Map<string, DeclaredAnswer>;
}

export interface Contract {
  operations: Map<string, DeclaredOperation>;
  /** Every `example` and `examples` of the document, with the validator of its place. */
  examples: ExampleValue[];
}

/** A node and the place it was found at, in which references inside it are to be read. */
interface Placed {
  node: Node;
  uri: string;
}

export function loadContract(): Contract {
  const files = readFiles();
  const requests = validator(files, "readOnly");
  const responses = validator(files, "writeOnly");
  const follow = ({ node, uri }: Placed): Placed => {
    const ref = node["$ref"];
    if (typeof ref !== "string") return { node, uri };
    const target = new URL(ref, uri).href;
    return follow({ node: nodeAt(files, target), uri: target });
  };
  const child = (placed: Placed, ...path: string[]): Placed | undefined => {
    let here: Placed | undefined = placed;
    for (const key of path) {
      const next: unknown = here?.node[key];
      if (here === undefined || !isNode(next)) return undefined;
      const uri = here.uri.includes("#") ? here.uri : `${here.uri}#`;
      const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
      here = follow({
        node: next,
        uri: `${uri}/${step.replaceAll("{", "%7B").replaceAll("}", "%7D")}`,
      });
    }
    return here;
  };

  const entry = new URL("bookstore.yaml", FOLDER).href;
  const root: Placed = { node: nodeAt(files, entry), uri: entry };
  const operations = new Map<string, DeclaredOperation>();
  const examples: ExampleValue[] = [];
  const collect = (holder: Placed, oracle: Ajv2020) => {
    const schema = child(holder, "schema");
    if (schema === undefined) return;
    const values: unknown[] = [];
    if ("example" in holder.node) values.push(holder.node["example"]);
    for (const each of Object.values(asNode(holder.node["examples"]))) {
      values.push(asNode(each)["value"]);
    }
    const validate = oracle.compile({ $ref: schema.uri });
    for (const value of values) {
      examples.push({ at: holder.uri, value, validate });
    }
  };

  for (const path of Object.keys(asNode(root.node["paths"]))) {
    const item = child(root, "paths", path);
    for (const method of METHODS) {
      const operation = item && child(item, method);
      if (item === undefined || operation === undefined) continue;
      for (const holder of [item, operation]) {
        const list = holder.node["parameters"];
        if (!Array.isArray(list)) continue;
        for (const at of list.keys()) {
          const parameters = child(holder, "parameters");
          const parameter = parameters && child(parameters, String(at));
          if (parameter) collect(parameter, requests);
        }
      }
      const body = child(operation, "requestBody");
      for (const type of Object.keys(asNode(body?.node["content"]))) {
        const media = body && child(body, "content", type);
        if (media) collect(media, requests);
      }
      const answers = new Map<string, DeclaredAnswer>();
      for (const status of Object.keys(asNode(operation.node["responses"]))) {
        const response = child(operation, "responses", status);
        if (response === undefined) continue;
        const answer: DeclaredAnswer = {
          requiredHeaders: [],
          content: new Map(),
        };
        for (const name of Object.keys(asNode(response.node["headers"]))) {
          const header = child(response, "headers", name);
          if (header === undefined) continue;
          collect(header, responses);
          if (header.node["required"] === true) {
            answer.requiredHeaders.push(name.toLowerCase());
          }
        }
        for (const type of Object.keys(asNode(response.node["content"]))) {
          const media = child(response, "content", type);
          const schema =
            media && (child(media, "schema") ?? child(media, "x-item-schema"));
          if (media === undefined || schema === undefined) continue;
          collect(media, responses);
          answer.content.set(type, responses.compile({ $ref: schema.uri }));
        }
        answers.set(status, answer);
      }
      const id = String(operation.node["operationId"]);
      const { node } = operation;
      operations.set(id, {
        id,
        method: method.toUpperCase(),
        path,
        node,
        answers,
      });
    }
  }
  return { operations, examples };
}

function readFiles(): Map<string, Node> {
  const names = readdirSync(fileURLToPath(FOLDER), {
    recursive: true,
    encoding: "utf8",
  });
  return new Map(
    names
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => {
        const uri = new URL(name.replaceAll("\\", "/"), FOLDER);
        return [uri.href, asNode(load(readFileSync(uri, "utf8")))];
      }),
  );
}

/** A validator for one direction: members of the other direction are not required, and in responses not allowed. */
function validator(
  files: Map<string, Node>,
  other: "readOnly" | "writeOnly",
): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    discriminator: false,
  });
  formats.default(ajv);
  for (const [uri, file] of files) {
    ajv.addSchema(asNode(turned(file, other)), uri);
  }
  return ajv;
}

function turned(value: unknown, other: "readOnly" | "writeOnly"): unknown {
  if (Array.isArray(value)) return value.map((each) => turned(each, other));
  if (!isNode(value)) return value;
  const copy: Node = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, turned(each, other)]),
  );
  const { properties, required } = copy;
  if (isNode(properties)) {
    const foreign = Object.keys(properties).filter(
      (name) => asNode(properties[name])[other] === true,
    );
    if (Array.isArray(required)) {
      copy["required"] = required.filter((name) => !foreign.includes(name));
    }
    if (other === "writeOnly") {
      for (const name of foreign) properties[name] = false;
    }
  }
  return copy;
}

function nodeAt(files: Map<string, Node>, target: string): Node {
  const [file, pointer = ""] = target.split("#");
  let node: unknown = files.get(file ?? "");
  for (const step of decodeURIComponent(pointer).split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    node = asNode(node)[key];
  }
  if (!isNode(node)) throw new Error(`nothing stands at ${target}`);
  return node;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}
