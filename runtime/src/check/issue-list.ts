/** Room `check`: collects the faults of one request. */
import type { Issues } from "../contract/issues.js";

/** One fault; `at` as in `Issues.add`. */
export interface Issue {
  readonly at: string;
  readonly code: string;
  readonly limit: unknown;
}

/** Keeps the first `cap` faults and counts the others, so that a hostile body cannot make the answer large. */
export class IssueList implements Issues {
  readonly cap: number;
  size = 0;
  /** True while every fault lies in the body: then the body was understood, and only its content is refused. */
  bodyOnly = true;
  private kept: Issue[] | undefined;

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

  get full(): boolean {
    return this.size >= this.cap;
  }

  get items(): readonly Issue[] {
    return this.kept ?? [];
  }
}
