/** Room `storage`: SQL text whose values are bound by construction, because the template keeps them apart. */

const FRAGMENT: unique symbol = Symbol("sql fragment");

/** What may be bound. Objects travel as JSON text: `json(value)`. */
export type Value = string | number | boolean | null | readonly string[];

/** Text with holes, and what fills them. Only the template below can make one, so no request text ever becomes SQL. */
export interface Sql {
  readonly [FRAGMENT]: true;
  readonly parts: readonly string[];
  readonly values: readonly Value[];
}

function isSql(value: Value | Sql): value is Sql {
  return typeof value === "object" && value !== null && FRAGMENT in value;
}

/** A piece of SQL. A hole takes a value, which is bound, or another piece, which is put in its place. */
export function sql(
  texts: TemplateStringsArray,
  ...holes: readonly (Value | Sql)[]
): Sql {
  const parts = [texts[0] ?? ""];
  const values: Value[] = [];
  const append = (text: string) => {
    parts[parts.length - 1] += text;
  };
  for (const [at, hole] of holes.entries()) {
    if (isSql(hole)) {
      append(hole.parts[0] ?? "");
      parts.push(...hole.parts.slice(1));
      values.push(...hole.values);
    } else {
      values.push(hole);
      parts.push("");
    }
    append(texts[at + 1] ?? "");
  }
  return { [FRAGMENT]: true, parts, values };
}

/** All of the conditions; true when there is none. */
export function and(conditions: readonly Sql[]): Sql {
  return conditions.reduce((all, one) => sql`${all} and (${one})`, sql`true`);
}

/** One of the conditions; false when there is none. */
export function or(conditions: readonly Sql[]): Sql {
  return conditions.reduce((any, one) => sql`${any} or (${one})`, sql`false`);
}

/** The pieces in a row, with commas between. */
export function list(pieces: readonly Sql[]): Sql {
  const [first, ...rest] = pieces;
  if (first === undefined) throw new Error("a list of SQL needs a piece");
  return rest.reduce((all, one) => sql`${all}, ${one}`, first);
}

/** A value as JSON text; `undefined` becomes SQL's null. */
export function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** The text with `$1`, `$2`, … in its holes, as both drivers want it. */
export function numbered(statement: Sql): string {
  return statement.parts.reduce((text, part, at) => `${text}$${at}${part}`);
}
