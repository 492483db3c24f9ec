/** Room `diff`: whether a value can be two things at once. */
import type { Tag } from "../model/schema.js";
import { allowedAtoms } from "./compare-types.js";
import { jsonKey, type Shape } from "./shape.js";

/** No value that a client makes of declared members fits two of the shapes. */
export function areApart(
  shapes: readonly Shape[],
  tag: Tag | undefined,
): boolean {
  if (
    tag &&
    tag.otherwise === undefined &&
    new Set(tag.branches.map(({ branch }) => branch)).size === shapes.length
  ) {
    return true;
  }
  return shapes.every((one, index) =>
    shapes.slice(index + 1).every((two) => isApart(one, two)),
  );
}

function isApart(one: Shape, two: Shape): boolean {
  const atoms = allowedAtoms(two);
  const shared = [...allowedAtoms(one)].filter((each) => atoms.has(each));
  if (shared.length === 0) return true;
  if (one.values && two.values) {
    const keys = new Set(two.values.value.map(jsonKey));
    return !one.values.value.some((each) => keys.has(jsonKey(each)));
  }
  if (shared.some((each) => each !== "object")) return false;
  if (demandsMore(one, two) && demandsMore(two, one)) return true;
  return [...one.required.keys()].some(
    (name) => two.required.has(name) && isTold(one, two, name),
  );
}

/** The first requires a member that the second does not declare. */
function demandsMore(one: Shape, two: Shape): boolean {
  if (
    two.patternFields.length > 0 ||
    two.unions.length + two.conditions.length + two.dependentSchemas.length > 0
  )
    return false;
  return [...one.required.keys()].some(
    (name) =>
      !two.fields.has(name) &&
      !two.required.has(name) &&
      two.closings.every(({ value }) => value.rest.never),
  );
}

/** Both list the values of a member, and share none. */
function isTold(one: Shape, two: Shape, name: string): boolean {
  const listed = ({ fields }: Shape) =>
    fields.get(name)?.find(({ values }) => values !== undefined)?.values;
  const [here, there] = [listed(one), listed(two)];
  if (!here || !there) return false;
  const keys = new Set(there.map(jsonKey));
  return !here.some((each) => keys.has(jsonKey(each)));
}
