/** Room `query`: cuts an answer down to the members that were chosen. */

/** What stays of an object: a member as it is, or parts of it. */
type Selection = Map<string, Selection | "whole">;

/** `at`: members that lead to what is cut; the rest of the body stays. Changes `body`, a value made of JSON text. */
export function selectMembers(
  body: unknown,
  at: readonly string[],
  names: readonly string[],
): unknown {
  const selection = selectionOf(names);
  const [last, ...before] = at.toReversed();
  if (last === undefined) return select(body, selection);
  let holder = body;
  for (const name of before.toReversed()) {
    if (!isRecord(holder) || !Object.hasOwn(holder, name)) return body;
    holder = holder[name];
  }
  if (isRecord(holder) && Object.hasOwn(holder, last)) {
    holder[last] = select(holder[last], selection);
  }
  return body;
}

function selectionOf(names: readonly string[]): Selection {
  const root: Selection = new Map();
  for (const name of names) {
    const path = name.split(".");
    let at = root;
    for (const [index, member] of path.entries()) {
      const known = at.get(member);
      if (known === "whole") break;
      if (index === path.length - 1) at.set(member, "whole");
      else {
        const inner: Selection = known ?? new Map();
        at.set(member, inner);
        at = inner;
      }
    }
  }
  return root;
}

function select(value: unknown, selection: Selection): unknown {
  if (Array.isArray(value)) return value.map((item) => select(item, selection));
  if (!isRecord(value)) return value;
  // From entries, so that a member `__proto__` is one.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const inner = selection.get(name);
      if (inner === undefined) return [];
      return [[name, inner === "whole" ? member : select(member, inner)]];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
