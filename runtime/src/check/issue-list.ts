/** Room `check`: collects the faults of one request. */
import type { Issues } from "../contract/issues.js";
import { decoded } from "./custom.js";
import { define, own } from "./members.js";

/** One fault; `at` as in `Issues.add`. */
export interface Issue {
  readonly at: string;
  readonly code: string;
  readonly limit: unknown;
}

/** A change of the request that waits for the end of all checks; without a value the member is removed. */
interface Edit {
  readonly record: Record<string, unknown>;
  readonly name: string;
  readonly value: unknown;
  /** Takes the place of what is there. */
  readonly replaces?: true;
}

/** Keeps the first `cap` faults and counts the others, so that a hostile body cannot make the answer large. */
export class IssueList implements Issues {
  readonly cap: number;
  size = 0;
  /** True while every fault lies in the body: then the body was understood, and only its content is refused. */
  bodyOnly = true;
  private kept: Issue[] | undefined;
  private edits: Edit[] | undefined;

  constructor(cap: number) {
    this.cap = cap;
  }

  add(at: string, code: string, limit?: unknown): void {
    this.size++;
    if (this.bodyOnly && at !== "body" && !at.startsWith("body/")) {
      this.bodyOnly = false;
    }
    if (this.size > this.cap) return;
    this.kept ??= [];
    this.kept.push({ at, code, limit });
  }

  fill(record: Record<string, unknown>, name: string, value: unknown): void {
    this.edits ??= [];
    this.edits.push({ record, name, value });
  }

  drop(record: Record<string, unknown>, name: string): void {
    this.edits ??= [];
    this.edits.push({ record, name, value: undefined });
  }

  decode(
    holder: object,
    key: string | number,
    parse: (value: never) => unknown,
    at: string,
  ): void {
    const record = recordOf(holder);
    const name = String(key);
    const before = own(record, name);
    const value = decoded(before, parse, at, this);
    if (value === before || this.size > 0) return;
    this.edits ??= [];
    this.edits.push({ record, name, value, replaces: true });
  }

  /** Makes the changes that were noted. Only for a request without faults. */
  settle(): void {
    for (const { record, name, value, replaces } of this.edits ?? []) {
      if (replaces) define(record, name, value);
      else if (value === undefined) delete record[name];
      else if (own(record, name) === undefined) record[name] = value;
    }
    this.edits = undefined;
  }

  get full(): boolean {
    return this.size >= this.cap;
  }

  get items(): readonly Issue[] {
    return this.kept ?? [];
  }
}

/** Lists and records alike are written to by name. */
function recordOf(holder: object): Record<string, unknown> {
  return holder as Record<string, unknown>;
}
