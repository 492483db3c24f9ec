/** Room `emit`: one source file in the making; its imports are computed from the symbols that were printed. */
import type { FilePath } from "../name/layout.js";
import {
  type Code,
  comment,
  hardline,
  lines,
  name,
  symbolCode,
  ts,
} from "./code.js";
import { print } from "./print.js";
import { type ImportSymbol, importSymbol } from "./symbol.js";
import { importLine } from "./syntax.js";

/** What the sections of one file have in common. */
interface Shared {
  /** Names declared at the top of the file: imports make room for them. */
  declared: Set<string>;
  constants: Map<string, { name: string; code: Code }>;
  /** The file that this is a section of. */
  file?: Shared;
}

export class SourceUnit {
  readonly path: FilePath;
  readonly statements: Code[] = [];
  readonly #shared: Shared;

  constructor(
    path: FilePath,
    shared: Shared = { declared: new Set(), constants: new Map() },
  ) {
    this.path = path;
    this.#shared = shared;
  }

  /** A part of the file that is made by itself, whatever other sections hold; `adopt` puts it into the file. */
  section(): SourceUnit {
    return new SourceUnit(this.path, {
      declared: new Set(),
      constants: new Map(),
      file: this.#shared,
    });
  }

  /** Adds what a section holds. `false`, and nothing happens, when a name in it has been taken since: it must be made again. */
  adopt(section: SourceUnit): boolean {
    const { declared, constants } = this.#shared;
    const own = section.#shared;
    const shared = new Set<string>();
    for (const [key, { name: given }] of own.constants) {
      const known = constants.get(key);
      if (known !== undefined && known.name !== given) return false;
      if (known !== undefined) shared.add(given);
    }
    for (const each of own.declared) {
      if (declared.has(each) && !shared.has(each)) return false;
    }
    for (const each of own.declared) declared.add(each);
    for (const [key, constant] of own.constants) {
      if (!constants.has(key)) constants.set(key, constant);
    }
    this.statements.push(...section.statements);
    return true;
  }

  /** Claims a top-level name; a name that is taken gets a number. */
  declare(wanted: string): string {
    const { declared, file } = this.#shared;
    const isTaken = (each: string) =>
      declared.has(each) || file?.declared.has(each) === true;
    let free = wanted;
    for (let at = 2; isTaken(free); at++) free = `${wanted}${at}`;
    declared.add(free);
    return free;
  }

  /** A top-level declaration. */
  add(statement: Code): void {
    this.statements.push(statement);
  }

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  /** A hoisted constant; equal ones are shared. `define` gets the name and gives the statement. */
  constant(wanted: string, key: string, define: (name: Code) => Code): Code {
    const { constants, file } = this.#shared;
    const known = constants.get(key) ?? file?.constants.get(key);
    if (known) return name(known.name);
    const free = this.declare(wanted);
    constants.set(key, { name: free, code: define(name(free)) });
    return name(free);
  }

  /** The file as text. `header` is a comment line; `extension` the suffix of relative imports. */
  text(header: string, extension: string): string {
    const constants = [...this.#shared.constants.values()].map(
      ({ code }) => code,
    );
    const body = [...constants, ...this.statements];
    const symbols = new Set<ImportSymbol>();
    for (const code of body) gather(code, symbols);
    const local = this.#localNames(symbols);
    const imports = this.#imports(symbols, local, extension);
    const blocks = [
      ...(constants.length > 0 ? [lines(constants)] : []),
      ...this.statements,
    ];
    const nameOf = (symbol: ImportSymbol) => local.get(symbol) ?? symbol.name;
    const parts = blocks.map((code) => print(code, nameOf));
    const head = [
      header,
      ...(imports.length > 0 ? [print(lines(imports), nameOf)] : []),
    ].join("\n");
    return `${[head, ...parts].join("\n\n")}\n`;
  }

  #localNames(symbols: ReadonlySet<ImportSymbol>): Map<ImportSymbol, string> {
    const taken = new Set(this.#shared.declared);
    const local = new Map<ImportSymbol, string>();
    const sorted = [...symbols].sort((a, b) => compare(key(a), key(b)));
    for (const symbol of sorted) {
      if (symbol.module === this.path) {
        local.set(symbol, symbol.name);
        continue;
      }
      let free = symbol.name;
      while (taken.has(free)) free += "_";
      taken.add(free);
      local.set(symbol, free);
    }
    return local;
  }

  #imports(
    symbols: ReadonlySet<ImportSymbol>,
    local: ReadonlyMap<ImportSymbol, string>,
    extension: string,
  ): Code[] {
    const byLine = new Map<string, ImportSymbol[]>();
    for (const symbol of symbols) {
      if (symbol.module === this.path) continue;
      const line = `${order(symbol.module)} ${symbol.module} ${symbol.type ? 0 : 1}`;
      const group = byLine.get(line);
      if (group) group.push(symbol);
      else byLine.set(line, [symbol]);
    }
    return [...byLine]
      .sort(([a], [b]) => compare(a, b))
      .map(([, group]) => {
        const sorted = group.sort((a, b) => compare(a.name, b.name));
        const names = sorted.map((symbol) => {
          const as = local.get(symbol) ?? symbol.name;
          return as === symbol.name
            ? name(as)
            : ts`${name(symbol.name)} as ${name(as)}`;
        });
        const [first] = sorted;
        const head = first?.type ? ts`import type` : ts`import`;
        return importLine(
          head,
          names,
          this.#specifier(first?.module ?? "", extension),
        );
      });
  }

  #specifier(module: string, extension: string): string {
    if (!module.endsWith(".ts")) return module;
    return relativeSpecifier(this.path, module, extension);
  }
}

/** How one generated file names another one. */
export function relativeSpecifier(
  file: string,
  other: string,
  extension: string,
): string {
  const from = file.split("/").slice(0, -1);
  const to = other.split("/");
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  // What lies outside of the output is told from its folder on.
  const here = to[0] === ".." ? "" : "./";
  const up = from.length === 0 ? here : "../".repeat(from.length);
  return up + to.join("/").replace(/\.ts$/, extension);
}

/** A symbol of a generated file. */
export function fileSymbol(
  file: FilePath,
  exported: string,
  type = false,
): Code {
  return symbolCode(importSymbol(file, exported, type));
}

/** Documentation above a declaration. */
export function documented(doc: string, declaration: Code): Code {
  return doc === ""
    ? declaration
    : ts`${comment(doc)}${hardline}${declaration}`;
}

function gather(code: Code, into: Set<ImportSymbol>): void {
  switch (code.kind) {
    case "symbol":
      into.add(code.symbol);
      break;
    case "concat":
      for (const part of code.parts) gather(part, into);
      break;
    case "group":
    case "indent":
    case "flat":
      gather(code.body, into);
      break;
    case "if-break":
      gather(code.broken, into);
      gather(code.flat, into);
      break;
    case "choice":
      gather(code.broken, into);
      break;
    default:
  }
}

function key(symbol: ImportSymbol): string {
  return `${symbol.module} ${symbol.name} ${symbol.type}`;
}

/** Packages first, then files that lie higher. */
function order(module: string): number {
  return module.endsWith(".ts") ? 1 : 0;
}

/** By code units, the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
