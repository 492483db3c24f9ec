/** Room `contract`: what checks of responses look at, and how generated code lists them. */
import type { Issues } from "./issues.js";

export interface SentAnswer {
  readonly status: number;
  /** The declared media type. */
  readonly type: string | undefined;
  /** Of JSON the value that a client will read, of text the text. */
  readonly body: unknown;
  /** As the handler gave them; names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** By the operation's export in its group's module. */
export type ResponseChecks = Readonly<
  Record<string, (sent: SentAnswer, issues: Issues) => void>
>;
