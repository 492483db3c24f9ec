/** Room `read`: the part of a request that its reader looks at. */

/** What a request says before its body; of Node's requests, and of those that are about to be sent. */
export interface RequestHead {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
