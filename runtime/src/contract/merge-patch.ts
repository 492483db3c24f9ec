/** Room `contract`: changes in the form of RFC 7396, where a member that is absent stays as it is. */

/** What a schema allows of a patch: no member is filled in, so that each may be missing, at every depth. */
export type MergePatch<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { [Key in keyof Value]?: MergePatch<Value[Key]> }
    : Value;
