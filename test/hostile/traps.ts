/** Watches what a run asks the machine for: files that it reads or writes, and connections that it opens. */
import dns from "node:dns";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface Asked {
  /** Files whose content was asked for, as absolute paths. That folders are listed on the way to a root is not noted. */
  read: string[];
  written: string[];
  /** What a connection or a look-up was asked for. */
  network: string[];
}

const READERS = [
  "readFileSync",
  "readFile",
  "openSync",
  "open",
  "createReadStream",
] as const;

const WRITERS = [
  "writeFileSync",
  "writeFile",
  "appendFileSync",
  "appendFile",
  "mkdirSync",
  "mkdir",
  "mkdtempSync",
  "rmSync",
  "rm",
  "unlinkSync",
  "unlink",
  "rmdirSync",
  "renameSync",
  "rename",
  "copyFileSync",
  "copyFile",
  "symlinkSync",
  "linkSync",
  "createWriteStream",
] as const;

type Callable = (...args: unknown[]) => unknown;

/** Runs the work with every door of the machine watched; nothing is changed but connections, which are refused. */
export async function watched<T>(
  work: () => Promise<T>,
): Promise<{ value: T; asked: Asked }> {
  const asked: Asked = { read: [], written: [], network: [] };
  const undo: (() => void)[] = [];
  for (const holder of [fs, fs.promises]) {
    for (const [names, list] of [
      [READERS, asked.read],
      [WRITERS, asked.written],
    ] as const) {
      for (const name of names) {
        watch(holder, name, undo, (...args) => {
          const first = pathOf(args[0]);
          if (first === undefined) return;
          const isWriting =
            name.startsWith("open") && /[wa+]/.test(String(args[1] ?? "r"));
          (isWriting ? asked.written : list).push(first);
          const second = /^(?:rename|copyFile|link)/.test(name)
            ? pathOf(args[1])
            : undefined;
          if (second !== undefined) asked.written.push(second);
        });
      }
    }
  }
  const refuse = (what: string): never => {
    asked.network.push(what);
    throw new Error(`no network in this test: ${what}`);
  };
  watch(net.Socket.prototype, "connect", undo, (...args) =>
    refuse(JSON.stringify(args[0])),
  );
  for (const holder of [dns, dns.promises]) {
    watch(holder, "lookup", undo, (...args) => refuse(String(args[0])));
  }
  watch(globalThis, "fetch", undo, (...args) => refuse(String(args[0])));
  syncBuiltinESMExports();
  try {
    return { value: await work(), asked };
  } finally {
    for (const each of undo) each();
    syncBuiltinESMExports();
  }
}

function watch(
  holder: object,
  name: string,
  undo: (() => void)[],
  note: (...args: unknown[]) => void,
): void {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== "function") return;
  const replaced: Callable = function (this: unknown, ...args) {
    note(...args);
    return Reflect.apply(original, this, args);
  };
  Reflect.set(holder, name, replaced);
  undo.push(() => void Reflect.set(holder, name, original));
}

function pathOf(value: unknown): string | undefined {
  if (typeof value === "string") return resolve(value);
  return value instanceof URL && value.protocol === "file:"
    ? fileURLToPath(value)
    : undefined;
}
