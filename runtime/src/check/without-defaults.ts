/** Room `check`: issues of a merge patch (RFC 7396), where an absent member means that nothing changes. */
import type { Issues } from "../contract/issues.js";

/** The same issues, but no default is filled in. */
export function withoutDefaults(issues: Issues): Issues {
  return {
    add: (at, code, limit) => issues.add(at, code, limit),
    fill: () => {},
    decode: (holder, key, parse, at) => issues.decode(holder, key, parse, at),
    drop: (record, name) => issues.drop(record, name),
    get size() {
      return issues.size;
    },
    get full() {
      return issues.full;
    },
  };
}
