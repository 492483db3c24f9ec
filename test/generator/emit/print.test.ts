import fc from "fast-check";
import * as prettier from "prettier";
import { describe, expect, it } from "vitest";
import {
  type Code,
  lines,
  name,
  ts,
  template,
} from "../../../generator/src/emit/code.js";
import { print } from "../../../generator/src/emit/print.js";
import * as syntax from "../../../generator/src/emit/syntax.js";

const word = fc.integer({ min: 1, max: 38 }).map((n) => name("x".repeat(n)));
const words = fc.array(word, { minLength: 1, maxLength: 5 });
const text = fc.string({ maxLength: 50 });
const literal = text.map((value) => ts`${value}`);
const path = text.map((value) => template([name("at"), value]));
const argument = fc.oneof(
  word,
  literal,
  path,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => ts`${n}`),
);
const simpleCall = fc
  .tuple(word, fc.array(argument, { maxLength: 4 }))
  .map(([callee, args]) => syntax.call(callee, args));
const methodCall = fc
  .tuple(word, fc.array(argument, { minLength: 2, maxLength: 4 }))
  .map(([callee, args]) => syntax.call(ts`${callee}.add`, args));
const statement = methodCall.map((code) => ts`${code};`);
const comparison = fc
  .tuple(word, fc.integer())
  .map(([left, right]) => ts`${left} !== ${right}`);
const condition = fc.oneof(
  simpleCall.map((code) => ts`!${code}`),
  comparison,
  fc
    .array(fc.oneof(comparison, simpleCall), { minLength: 2, maxLength: 4 })
    .map(syntax.all),
  fc
    .array(fc.oneof(comparison, simpleCall), { minLength: 2, maxLength: 4 })
    .map(syntax.any),
);
const arm = fc
  .tuple(condition, fc.array(statement, { minLength: 1, maxLength: 2 }))
  .map(([c, body]) => ({ condition: c, body }));

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<never>;

const constructs: [string, fc.Arbitrary<Code>][] = [
  ["calls", simpleCall.map((code) => ts`${code};`)],
  ["if", fc.tuple(condition, statement).map(([c, s]) => syntax.when(c, s))],
  [
    "if chains",
    fc
      .tuple(
        fc.array(arm, { minLength: 1, maxLength: 3 }),
        fc.array(statement, { maxLength: 2 }),
      )
      .map(([arms, last]) =>
        syntax.chain(last.length > 0 ? [...arms, { body: last }] : arms),
      ),
  ],
  [
    "returns",
    fc
      .oneof(
        simpleCall.map((code) => ts`return ${code};`),
        fc
          .array(fc.oneof(comparison, simpleCall), {
            minLength: 2,
            maxLength: 4,
          })
          .map(syntax.returnAll),
      )
      .map(
        (code) => ts`function f() {
  ${code}
}`,
      ),
  ],
  [
    "assignments of calls",
    fc
      .tuple(word, word, fc.array(argument, { minLength: 2, maxLength: 4 }))
      .map(([left, callee, args]) =>
        syntax.assign(ts`const ${left}`, syntax.call(callee, args)),
      ),
  ],
  [
    "destructuring",
    fc
      .tuple(
        fc.array(fc.tuple(fc.oneof(fc.constant("same"), text), word), {
          minLength: 1,
          maxLength: 4,
        }),
        word,
      )
      .map(([names, value]) =>
        syntax.destructure(
          names.map(([key, local]) => ({
            key: key === "same" && local.kind === "text" ? local.text : key,
            local,
          })),
          value,
        ),
      ),
  ],
  [
    "functions",
    fc
      .tuple(word, words)
      .map(
        ([f, names]) =>
          ts`export function ${f}${syntax.parameters(names.map((n) => ts`${n}: unknown`))}: void {}`,
      ),
  ],
  [
    "imports",
    words.map((names) =>
      syntax.importLine(ts`import`, names, "@kontract/runtime/codegen1"),
    ),
  ],
  [
    "type arguments",
    fc
      .tuple(word, word, words)
      .map(([left, target, args]) =>
        syntax.assign(
          ts`export type ${left}`,
          syntax.typeArguments(target, args),
        ),
      ),
  ],
  [
    "unions of objects",
    fc
      .tuple(word, fc.array(words, { minLength: 1, maxLength: 3 }))
      .map(([left, branches]) =>
        syntax.unionAlias(
          ts`export type ${left}`,
          branches.map((names) =>
            syntax.objectType(names.map((n) => ts`${n}: string`)),
          ),
        ),
      ),
  ],
  [
    "indexed types",
    fc
      .tuple(word, fc.array(text, { minLength: 1, maxLength: 3 }))
      .map(([left, keys]) =>
        syntax.assign(
          ts`type ${left}`,
          keys.reduce<Code>(
            (object, key) => syntax.index(object, key),
            name("Contract"),
          ),
        ),
      ),
  ],
  [
    "json constants",
    fc
      .tuple(word, json)
      .map(([left, value]) =>
        syntax.assign(ts`const ${left}: Json`, syntax.json(value)),
      ),
  ],
];

describe("what is printed is what prettier would print", () => {
  it.each(constructs)("%s", async (_, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitrary, { minLength: 1, maxLength: 3 }),
        async (codes) => {
          const printed = print(
            ts`function outer() {
  ${lines(codes)}
}
`,
            (symbol) => symbol.name,
          );
          const source = printed.includes("  import ")
            ? print(lines(codes), (symbol) => symbol.name)
            : printed;
          const formatted = await prettier.format(source, {
            parser: "typescript",
          });
          expect(source.trimEnd()).toBe(formatted.trimEnd());
        },
      ),
      { numRuns: 400, seed: 7 },
    );
  });
});
