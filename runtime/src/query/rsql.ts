/** Room `query`: the grammar of RSQL, `status==new;(price=lt=10,tag=in=(a,b))`: `;` is and, `,` is or, and binds closer. */

/** One comparison; `at` is the position of its first character, from 0 on. */
export interface RsqlComparison {
  readonly selector: string;
  /** As FIQL writes it, without the signs: `eq`, `ne`, `gt`, `ge`, `in`, `out`, … */
  readonly operator: string;
  /** One text, or the list that stood in parentheses. */
  readonly operand: string | readonly string[];
  readonly at: number;
}

export interface RsqlAlternatives {
  readonly anyOf: readonly RsqlTerms[];
}

/** Terms that hold all together. */
export type RsqlTerms = readonly (RsqlComparison | RsqlAlternatives)[];

/** Where and why a text is no expression; `limit` is the position or the bound. */
export interface RsqlFault {
  readonly code: "rsql" | "maxDepth" | "maxConditions" | "maxLength";
  readonly limit: number;
}

/** Longer texts are refused unread. */
const MAX_LENGTH = 8192;

/** Signs that end a selector or a value without quotes. */
const WORD = /[^"'();,=!~<>\s]+/y;
const COMPARISON = /==|!=|<=|>=|<|>|=([A-Za-z]+)=/y;

const SIGNS: Readonly<Record<string, string>> = {
  "==": "eq",
  "!=": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};

class RsqlError extends Error {
  readonly fault: RsqlFault;

  constructor(fault: RsqlFault) {
    super(fault.code);
    this.fault = fault;
  }
}

export function parseRsql(
  text: string,
  { depth, max }: { readonly depth: number; readonly max: number },
): RsqlTerms | RsqlFault {
  if (text.length > MAX_LENGTH) return { code: "maxLength", limit: MAX_LENGTH };
  let at = 0;
  let count = 0;

  function fail(
    code: RsqlFault["code"] = "rsql",
    limit: number = at + 1,
  ): RsqlError {
    return new RsqlError({ code, limit });
  }

  function take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) throw fail();
    at = pattern.lastIndex;
    return found;
  }

  function takeSign(sign: string): boolean {
    if (text[at] !== sign) return false;
    at++;
    return true;
  }

  function alternatives(level: number): RsqlTerms {
    const lists = [together(level)];
    while (takeSign(",")) lists.push(together(level));
    const [first] = lists;
    return lists.length === 1 && first !== undefined
      ? first
      : [{ anyOf: lists }];
  }

  function together(level: number): RsqlTerms {
    const terms = [...term(level)];
    while (takeSign(";")) terms.push(...term(level));
    return terms;
  }

  function term(level: number): RsqlTerms {
    if (!takeSign("(")) return [comparison()];
    if (level >= depth) throw fail("maxDepth", depth);
    const inner = alternatives(level + 1);
    if (!takeSign(")")) throw fail();
    return inner;
  }

  function comparison(): RsqlComparison {
    if (++count > max) throw fail("maxConditions", max);
    const start = at;
    const [selector] = take(WORD);
    const [sign, name] = take(COMPARISON);
    const operator = name ?? SIGNS[sign] ?? sign;
    return { selector, operator, operand: operand(), at: start };
  }

  function operand(): string | readonly string[] {
    if (!takeSign("(")) return value();
    const values = [value()];
    while (takeSign(",")) values.push(value());
    if (!takeSign(")")) throw fail();
    return values;
  }

  function value(): string {
    const quote = text[at];
    if (quote !== '"' && quote !== "'") return take(WORD)[0];
    let content = "";
    for (at++; at < text.length; at++) {
      if (text[at] === quote) {
        at++;
        return content;
      }
      if (text[at] === "\\") at++;
      content += text[at] ?? "";
    }
    throw fail();
  }

  try {
    const terms = alternatives(0);
    return at < text.length ? { code: "rsql", limit: at + 1 } : terms;
  } catch (error) {
    if (error instanceof RsqlError) return error.fault;
    throw error;
  }
}
