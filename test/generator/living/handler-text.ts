/** Handler files as users may write them: any style, any layout, and always right for the document of the day. */
import type { Random } from "../../random.js";
import type { Field, Operation, Spec, ValueType } from "./changing-spec.js";

export interface Group {
  key: string;
  type: string;
  stem: string;
}

export const GROUPS: Readonly<Record<string, Group>> = {
  books: { key: "books", type: "BooksHandlers", stem: "books" },
  authors: { key: "authors", type: "AuthorsHandlers", stem: "authors" },
  "shelf marks": {
    key: "shelfMarks",
    type: "ShelfMarksHandlers",
    stem: "shelf-marks",
  },
  delete: { key: "delete_", type: "DeleteHandlers", stem: "delete" },
};

const TYPES: Record<ValueType, string> = {
  string: "string",
  integer: "number",
  boolean: "boolean",
  strings: "string[]",
};
const VALUES: Record<ValueType, readonly string[]> = {
  string: ['"}"', "'{'", "`a${1 + 1}`", '"\\u007d //"'],
  integer: ["1", "0x10", "- 3"],
  boolean: ["true", "false"],
  strings: ['["a", "}"]', "[]"],
};
const GAPS = [
  " ",
  "\n",
  "\n\n",
  "\t",
  " /* } */ ",
  " // {\n",
  "\n  // async\n",
];
const HELPERS = [
  "function helper(text: string): string {\n  return `}${text}{`;\n}\nvoid helper;\n",
  "export const other = { get1: 1, nested: { post2() { return /[/}]{2}/; } } };\n",
  "export type Mine = { a: 1 };\n",
  "export class Unrelated {\n  get1(): number { return 1; }\n}\n",
  "/** { */\nconst pattern = /\\/\\*/u; void pattern;\n",
  "// @ts-check, not for us\n",
];

export function handlerFile(
  random: Random,
  { key, type }: Group,
  operations: readonly Operation[],
  spec: Spec,
): string {
  const gap = () => (random.chance(0.4) ? random.pick(GAPS) : " ");
  const helpers = HELPERS.filter(() => random.chance(0.2));
  const style = random.pick([
    "typed",
    "typed",
    "satisfies",
    "renamed",
    "frozen",
    "class",
    "spread",
    "function",
  ]);
  const oneByOne: string[] = [];
  const members = operations.map((operation) => {
    const code = bodyOf(random, operation, spec, gap);
    const { id } = operation;
    if (style === "class") {
      return `async ${id}({ ${code.inputs} }: Parameters<${type}["${id}"]>[0]) {${code.text}}`;
    }
    const form = random.pick(["method", "method", "arrow", "quoted", "apart"]);
    if (form === "arrow") {
      return `${id}:${gap()}async ({ ${code.inputs} }) => {${code.text}}`;
    }
    if (form === "quoted") {
      return `"${id}": async function ({ ${code.inputs} }) {${code.text}}`;
    }
    if (form === "apart") {
      oneByOne.push(
        `const ${id}: ${type}["${id}"] = async ({ ${code.inputs} }) => {${code.text}};\n`,
      );
      return id;
    }
    return `async ${id}({ ${code.inputs} }) {${code.text}}`;
  });
  const join = (list: readonly string[], separator: string) =>
    list.map((each) => gap() + each).join(separator);
  const object = (list: readonly string[]) =>
    `{${join(list, ",")}${list.length > 0 && random.chance(0.6) ? "," : ""}${gap()}}`;
  const wholes: Record<string, () => string> = {
    typed: () => `export const ${key}: ${type} = ${object(members)};\n`,
    satisfies: () =>
      `export const ${key} = (${object(members)}) satisfies ${type};\n`,
    renamed: () =>
      `const impl: ${type} = ${object(members)};${gap()}\nexport { impl as ${key} };\nexport default impl;\n`,
    frozen: () =>
      `export const ${key}: ${type} = Object.freeze<${type}>(${object(members)});\n`,
    class: () =>
      `class Service implements ${type} {${join(members, "\n")}${gap()}}\nexport const ${key}: ${type} = new Service();\n`,
    spread: () => {
      const [first = [], rest = []] = [members.slice(0, 1), members.slice(1)];
      return `const some = ${object(first)} satisfies Partial<${type}>;\nexport const ${key}: ${type} = ${object(["...some", ...rest])};\n`;
    },
    function: () =>
      `function make(): ${type} {\n  return ${object(members)};\n}\nexport const ${key}: ${type} = make();\n`,
  };
  const quote = random.pick(['"', "'"]);
  const imports = random.pick([
    "",
    'import { problem } from "@kontract/runtime";\nvoid problem;\n',
    "import { problem as oops } from '@kontract/runtime'; void oops;\n",
    "const problem = 1; void problem;\n",
  ]);
  const text = [
    random.pick([
      "",
      "",
      "\uFEFF",
      "/* licence } */\n",
      "#!/usr/bin/env node\n",
    ]),
    `import type { ${type} } from ${quote}../generated/index.js${quote};${gap()}\n`,
    imports,
    helpers.pop() ?? "",
    ...oneByOne,
    wholes[style]?.() ?? "",
    ...helpers,
  ].join("");
  return random.chance(0.2) ? text.replaceAll("\n", "\r\n") : text;
}

/** What a user does between two runs without rewriting anything. */
export function touchUp(random: Random, text: string): string {
  const end = text.endsWith("\n") || text === "" ? "" : "\n";
  return random.pick([
    text,
    `${text}${end}// a note }\n`,
    text.replace(
      /throw (\w+)\.notImplemented\(\);/,
      "/* soon: { */ throw $1.notImplemented();",
    ),
    `${text}${end}export const unrelated${random.below(1_000_000)} = { a: "}" };\n`,
  ]);
}

interface Body {
  inputs: string;
  text: string;
}

function bodyOf(
  random: Random,
  { path, variable, query, body, answers }: Operation,
  spec: Spec,
  gap: () => string,
): Body {
  const inputs = ["reply"];
  const lines: string[] = [];
  const use = (type: string, value: string) => {
    const name = `local${random.below(1_000_000)}`;
    lines.push(`const ${name}: ${type} = ${value};${gap()}void ${name};`);
  };
  if (path.includes("{key}")) {
    inputs.push("params");
    if (random.chance(0.5)) use(TYPES[variable], "params.key");
    else lines.push("{ const { key: other } = params; void other; }");
  }
  if (query.length > 0) {
    inputs.push(random.chance(0.5) ? "query" : "query: asked");
    const name = inputs.at(-1) === "query" ? "query" : "asked";
    for (const each of query) use(typeOf(each), `${name}.${each.name}`);
  }
  if (body !== undefined) {
    inputs.push("body");
    lines.push("void body;");
    const model = spec.models.find((each) => each.name === body);
    for (const each of model?.fields ?? []) {
      if (each.required) use(TYPES[each.type], `body.${each.name}`);
    }
  }
  const { status, model } = random.pick(answers);
  const names = {
    200: "ok",
    201: "created",
    204: "noContent",
    404: "notFound",
  };
  const value = model === undefined ? "" : literal(random, model, spec);
  lines.push(`return reply.${names[status]}(${value});`);
  return {
    inputs: inputs.join(", "),
    text: lines.map((line) => gap() + line).join("") + gap(),
  };
}

function typeOf({ type, required }: Field): string {
  return required ? TYPES[type] : `${TYPES[type]} | undefined`;
}

function literal(random: Random, name: string, spec: Spec): string {
  const model = spec.models.find((each) => each.name === name);
  const members = (model?.fields ?? [])
    .filter(({ required }) => required || random.chance(0.3))
    .map(({ name: field, type }) => `${field}: ${random.pick(VALUES[type])}`);
  if (model?.inner !== undefined) {
    members.push(`inner: ${literal(random, model.inner, spec)}`);
  }
  return `{ ${members.join(", ")} }`;
}
