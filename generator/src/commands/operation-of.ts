/** Room `commands`: the operation behind the name of a handler. */
import type { Operation } from "../model/api.js";
import type { Layout } from "../name/layout.js";

/** `books.getBook`. */
export function operationOf(
  layout: Layout,
  handler: string,
): Operation | undefined {
  for (const each of layout.api.groups) {
    const { key } = layout.group(each);
    for (const operation of each.operations) {
      if (`${key}.${layout.operation(operation).constant}` === handler)
        return operation;
    }
  }
  return undefined;
}
