/** Room `emit`: the few constructs of TypeScript that may have to break over lines, each laid out as prettier lays it out. */
import type { Json } from "../load/document.js";
import {
  choice,
  type Code,
  concat,
  group,
  type GroupId,
  hardline,
  ifBreak,
  indent,
  indentIfBroke,
  join,
  line,
  lines,
  mentions,
  name,
  nothing,
  quote,
  softline,
  ts,
} from "./code.js";

const comma = ts`,`;

/** `f(a, b)`: all arguments on one line, or each on its own. */
export function call(callee: Code, args: readonly Code[]): Code {
  if (args.length === 0) return ts`${callee}()`;
  const list = join(concat([comma, line]), args);
  return concat([
    callee,
    group(
      concat([
        ts`(`,
        indent(concat([softline, list])),
        ifBreak(comma, nothing),
        softline,
        ts`)`,
      ]),
    ),
  ]);
}

/** `f(a, […])`: a list at the end keeps to the parentheses when it has to break. */
export function callWithList(
  callee: Code,
  args: readonly Code[],
  items: readonly Code[],
  numbers = false,
): Code {
  const head = args.map((arg) => ts`${arg}, `);
  const brokenList = numbers
    ? ts`[
  ${fill(items)},
]`
    : ts`[
  ${lines(items.map((item) => ts`${item},`))}
]`;
  const every = [...args, list(items, numbers)];
  return concat([
    callee,
    choice(
      ts`(${join(nothing, head)}${list(items, numbers)})`,
      ts`(${join(nothing, head)}${brokenList})`,
      ts`(
  ${lines(every.map((arg) => ts`${arg},`))}
)`,
    ),
  ]);
}

/** `f({ … })`, one member a line: the braces keep to the parentheses as long as the head fits. */
export function callWithObject(callee: Code, members: readonly Code[]): Code {
  const object = objectLines(members);
  return concat([
    callee,
    choice(
      ts`(${object})`,
      ts`(${object})`,
      ts`(
  ${object},
)`,
    ),
  ]);
}

/** `f(a, value)`, where the value is JSON: objects and lists keep to the parentheses. */
export function callWithJson(
  callee: Code,
  args: readonly Code[],
  value: Json,
): Code {
  if (Array.isArray(value) && value.length > 0) {
    const numbers =
      value.length > 1 && value.every((item) => typeof item === "number");
    return callWithList(callee, args, value.map(json), numbers);
  }
  const literal = json(value);
  return literal.hard
    ? ts`${callee}(${join(ts`, `, [...args, literal])})`
    : call(callee, [...args, literal]);
}

/** `if (condition) statement`, the statement below when the line is too long. */
export function when(condition: Code, statement: Code): Code {
  return group(
    concat([ts`if (${test(condition)})`, indent(concat([line, statement]))]),
  );
}

/** `if (condition) {` … `}`. */
export function whenBlock(condition: Code, body: readonly Code[]): Code {
  return ts`if (${test(condition)}) ${block(body)}`;
}

export function block(body: readonly Code[]): Code {
  if (body.length === 0) return ts`{}`;
  return ts`{
  ${body}
}`;
}

function test(condition: Code): Code {
  return group(concat([indent(concat([softline, condition])), softline]));
}

/** One arm of a chain of conditions; without a condition it is the last `else`. */
export interface Arm {
  condition?: Code;
  /** Statements; more than one are put into a block. */
  body: readonly Code[];
  /** A single statement is put into a block, too. */
  block?: true;
  /** The condition is an "or" at its top: it cannot be joined by "and" without parentheses. */
  either?: true;
}

/** `if … else if … else …`, single statements without braces. */
export function chain(arms: readonly Arm[]): Code {
  const parts: Code[] = [];
  let afterBlock = false;
  for (const [at, arm] of arms.entries()) {
    if (at > 0) parts.push(afterBlock ? ts` else` : ts`${hardline}else`);
    const single =
      arm.body.length === 1 && !arm.block ? arm.body[0] : undefined;
    if (arm.condition !== undefined) {
      if (at > 0) parts.push(ts` `);
      parts.push(
        single
          ? when(arm.condition, single)
          : whenBlock(arm.condition, arm.body),
      );
    } else {
      parts.push(
        single
          ? group(indent(concat([line, single])))
          : ts` ${block(arm.body)}`,
      );
    }
    afterBlock = single === undefined;
  }
  return concat(parts);
}

/** `a && b` inside the parentheses of an `if`. */
export function all(conditions: readonly Code[]): Code {
  const [only] = conditions;
  if (conditions.length === 1 && only) return only;
  return join(
    concat([ts` &&`, line]),
    conditions.map((each) => comparisons.get(each) ?? each),
  );
}

/** Comparisons, and how each is laid out as one operand of several. */
const comparisons = new WeakMap<Code, Code>();

/** `value !== literal`: the literal goes onto the next line when it is too long, further in beside other conditions. */
export function differs(value: Code, literal: Code): Code {
  const alone = group(concat([value, ts` !==`, line, literal]));
  const beside = concat([value, ts` !==`, indent(concat([line, literal]))]);
  comparisons.set(alone, group(beside));
  return alone;
}

/** `for (let i = 0; i < list.length; i++) {` … `}`. */
export function forIndex(
  index: Code,
  first: number,
  length: Code,
  body: Code,
): Code {
  const parts = [
    ts`let ${index} = ${first};`,
    ts`${index} < ${length};`,
    ts`${index}++`,
  ];
  const head = group(
    concat([
      ts`for (`,
      indent(concat([softline, join(line, parts)])),
      softline,
      ts`)`,
    ]),
  );
  return ts`${head} ${body}`;
}

export function any(conditions: readonly Code[]): Code {
  const [only] = conditions;
  if (conditions.length === 1 && only) return only;
  return join(concat([ts` ||`, line]), conditions);
}

/** `return a && b;`: in parentheses when it breaks. */
export function returnAll(conditions: readonly Code[]): Code {
  const [first, second] = conditions;
  // Of two operands the second follows the first's last line where it fits there.
  const expression =
    conditions.length === 2 && first && second
      ? concat([first, group(concat([ts` &&`, line, second]))])
      : all(conditions);
  return concat([
    ts`return `,
    group(
      concat([
        ifBreak(ts`(`, nothing),
        indent(concat([softline, group(expression)])),
        softline,
        ifBreak(ts`)`, nothing),
      ]),
    ),
    ts`;`,
  ]);
}

/**
 * `left = right;`. `fluid`: the right side starts on the next line only if its head does not fit. `below`: it goes there
 * whole (binary expressions, strings, property chains). `beside`: it stays and breaks inside.
 */
export function assign(
  left: Code,
  right: Code,
  layout: "fluid" | "below" | "beside" = "fluid",
): Code {
  if (layout === "beside") return ts`${left} = ${right};`;
  if (layout === "below") {
    return group(
      concat([
        group(left),
        ts` =`,
        group(indent(concat([line, group(right)]))),
        ts`;`,
      ]),
    );
  }
  const id: GroupId = { broke: false };
  return group(
    concat([
      left,
      ts` =`,
      group(indent(line), id),
      indentIfBroke(group(right), id),
      ts`;`,
    ]),
  );
}

/** Keys shorter than this keep their value on their line: breaking after them would save next to nothing. */
const SHORT_KEY = 5;

/** `key: value` of an object literal. A call with one short argument, which breaks badly, goes onto the next line whole. */
export function property(key: string, value: Code, isShortCall = false): Code {
  const id: GroupId = { broke: false };
  const left = propertyKey(key);
  const width = isPlainKey(key) ? key.length : literalWidth(key);
  if (width < SHORT_KEY) return ts`${left}: ${value}`;
  if (isShortCall) {
    return group(
      concat([left, ts`:`, group(indent(concat([line, group(value)])))]),
    );
  }
  return group(
    concat([
      left,
      ts`:`,
      group(indent(line), id),
      indentIfBroke(group(value), id),
    ]),
  );
}

/** `A | B` as the type of a member: one below the other when it does not fit. */
export function unionMember(head: Code, members: readonly Code[]): Code {
  const [only] = members;
  if (members.length === 1 && only) return ts`${head} ${only}`;
  const union = group(
    concat([
      ifBreak(ts`| `, nothing),
      join(concat([line, ts`| `]), members.map(indent)),
    ]),
  );
  return ts`${head} ${group(indent(concat([softline, union])))}`;
}

/** `A | B` as a type argument. */
export function unionArgument(members: readonly Code[]): Code {
  return group(
    concat([ifBreak(ts`| `, nothing), join(concat([line, ts`| `]), members)]),
  );
}

/** `(a: string, b: number)` of a function declaration. */
export function parameters(list: readonly Code[]): Code {
  if (list.length === 0) return ts`()`;
  return group(
    concat([
      ts`(`,
      indent(concat([softline, join(concat([comma, line]), list)])),
      ifBreak(comma, nothing),
      softline,
      ts`)`,
    ]),
  );
}

/** `import { a, b } from "module";` A single name never breaks. */
export function importLine(head: Code, names: readonly Code[], from: string) {
  const [only] = names;
  const list = names.length === 1 && only ? ts`{ ${only} }` : braces(names);
  return ts`${head} ${list} from ${from};`;
}

/** `const { a, "odd-b": b } = value;` */
export function destructure(
  members: readonly { key: string; local: Code }[],
  value: Code,
): Code {
  const pattern = braces(
    members.map((member) =>
      isSame(member) ? member.local : property(member.key, member.local),
    ),
  );
  const renames = !members.every(isSame);
  return assign(
    ts`const ${pattern}`,
    value,
    renames && members.length > 2 ? "beside" : "fluid",
  );
}

function isSame(member: { key: string; local: Code }): boolean {
  return member.local.kind === "text" && member.local.text === member.key;
}

/** Parameters of which some may be unused by the body: those get the underscore that says so. */
export function usedParameters(
  list: readonly { name: string; type: Code }[],
  body: readonly Code[],
): Code {
  return parameters(
    list.map(({ name: identifier, type }) =>
      body.some((code) => mentions(code, identifier))
        ? ts`${name(identifier)}: ${type}`
        : ts`${name(`_${identifier}`)}: ${type}`,
    ),
  );
}

/** `{ a, b: c }` as a pattern or an import list: on one line where it fits. */
export function braces(items: readonly Code[]): Code {
  return group(
    concat([
      ts`{`,
      indent(concat([line, join(concat([comma, line]), items)])),
      ifBreak(comma, nothing),
      line,
      ts`}`,
    ]),
  );
}

/** `{ a, ...rest }` as a pattern: nothing may follow the rest, not even a comma. */
export function bracesWithRest(items: readonly Code[], rest: Code): Code {
  const all = [...items, ts`...${rest}`];
  return group(
    concat([
      ts`{`,
      indent(concat([line, join(concat([comma, line]), all)])),
      line,
      ts`}`,
    ]),
  );
}

/** An object literal with each member on its own line: prettier leaves it so. */
export function objectLines(members: readonly Code[]): Code {
  if (members.length === 0) return ts`{}`;
  return ts`{
  ${lines(members.map((member) => ts`${member},`))}
}`;
}

/** An object type on one line where it fits. */
export function objectType(members: readonly Code[]): Code {
  if (members.length === 0) return ts`{}`;
  return group(
    concat([
      ts`{`,
      indent(concat([line, join(concat([ts`;`, line]), members)])),
      ifBreak(ts`;`, nothing),
      line,
      ts`}`,
    ]),
  );
}

/** `NonNullable<Type["member"]>`: an indexed type may go onto a line of its own. */
export function typeArgument(target: Code, argument: Code): Code {
  return concat([
    target,
    group(
      concat([ts`<`, indent(concat([softline, argument])), softline, ts`>`]),
    ),
  ]);
}

/** `type Name = A | B;` */
export function unionAlias(left: Code, members: readonly Code[]): Code {
  const [only] = members;
  if (members.length === 1 && only) return assign(left, only);
  const rest = members.map((member) => indent(member));
  return group(
    concat([
      left,
      ts` =`,
      group(
        indent(
          concat([
            line,
            group(
              concat([
                ifBreak(ts`| `, nothing),
                join(concat([line, ts`| `]), rest),
              ]),
            ),
          ]),
        ),
      ),
      ts`;`,
    ]),
  );
}

/** `Name<A, B>`. */
export function typeArguments(target: Code, args: readonly Code[]): Code {
  const [only] = args;
  if (args.length === 1 && only) return ts`${target}<${only}>`;
  return concat([
    target,
    group(
      concat([
        ts`<`,
        indent(concat([softline, join(concat([comma, line]), args)])),
        softline,
        ts`>`,
      ]),
    ),
  ]);
}

/** An object literal on one line where it fits. */
export function objectLiteral(members: readonly Code[]): Code {
  return members.length === 0 ? ts`{}` : braces(members);
}

/** `const f = (): T => body;` */
export function arrowConstant(left: Code, head: Code, body: Code): Code {
  const arrow = concat([head, ts` =>`, group(indent(concat([line, body])))]);
  return assign(left, arrow);
}

/** A list literal: numbers fill lines, everything else stands one below the other when it does not fit. */
export function list(items: readonly Code[], numbers = false): Code {
  if (items.length === 0) return ts`[]`;
  const separated = numbers ? fill(items) : join(concat([comma, line]), items);
  return group(
    concat([
      ts`[`,
      indent(concat([softline, separated])),
      ifBreak(comma, nothing),
      softline,
      ts`]`,
    ]),
  );
}

/** Items one after the other, a line break only where the next does not fit. */
function fill(items: readonly Code[]): Code {
  return concat(
    items.flatMap((item, at) => [
      ...(at === 0 ? [] : [group(line)]),
      at < items.length - 1 ? ts`${item},` : item,
    ]),
  );
}

/** A JSON value as a literal; objects one member a line, keys that are no identifiers quoted. */
export function json(value: Json): Code {
  if (Array.isArray(value)) {
    const numbers =
      value.length > 1 && value.every((item) => typeof item === "number");
    const items = value.map(json);
    const nested =
      value.length > 1 &&
      value.every(
        (item) =>
          typeof item === "object" &&
          item !== null &&
          Array.isArray(item) === Array.isArray(value[0]) &&
          Object.keys(item).length > 1,
      );
    if (nested) {
      return ts`[
  ${lines(items.map((item) => ts`${item},`))}
]`;
    }
    return list(items, numbers);
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) return ts`{}`;
    return objectLines(
      members.map(([key, member]) => ts`${propertyKey(key)}: ${json(member)}`),
    );
  }
  return ts`${value}`;
}

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** `name`, `"odd-name"`, or `["__proto__"]`, which would set a prototype otherwise. */
export function propertyKey(key: string): Code {
  if (key === "__proto__") return ts`[${key}]`;
  return isPlainKey(key) ? bare(key) : ts`${key}`;
}

export function isPlainKey(key: string): boolean {
  return PLAIN_KEY.test(key);
}

function bare(key: string): Code {
  return { kind: "text", text: key, hard: false };
}

/** `type.name` or `type["odd-name"]` of a value. */
export function member(object: Code, key: string): Code {
  return isPlainKey(key) ? ts`${object}.${bare(key)}` : index(object, key);
}

/** `object["key"]`. */
export function index(object: Code, key: string): Code {
  return ts`${object}[${key}]`;
}

/** Width of the literal, for layout decisions that prettier makes by text length. */
export function literalWidth(text: string): number {
  return quote(text).length;
}
