/** Room `emit`: a symbol of another module. Emitters print symbols; imports follow from what was printed. */

export interface ImportSymbol {
  /** Name under which its module exports it. */
  name: string;
  /** `@kontract/runtime/codegen1`, `@koa/router`, or a file below the output folder (`models/books.ts`). */
  module: string;
  /** Only a type: its import is erased. */
  type: boolean;
}

const table = new Map<string, ImportSymbol>();

/** One symbol object for each (module, name, kind), so that symbols compare by identity. */
export function importSymbol(
  module: string,
  name: string,
  type = false,
): ImportSymbol {
  const key = `${type ? "type" : "value"} ${module} ${name}`;
  let symbol = table.get(key);
  if (symbol === undefined) {
    symbol = { name, module, type };
    table.set(key, symbol);
  }
  return symbol;
}
