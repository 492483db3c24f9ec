/** Room `scaffold`: what a group wants from the user's handlers. */
import type { Layout } from "../name/layout.js";

export interface HandlerMethod {
  /** `getBook`. */
  name: string;
  /** `GET`. */
  method: string;
  /** `/books/{bookId}`. */
  path: string;
  summary?: string;
}

export interface HandlerGroup {
  /** `books`: what the user's file exports. */
  key: string;
  /** `BooksHandlers`. */
  type: string;
  /** `books`: the file's name without extension. */
  stem: string;
  methods: HandlerMethod[];
}

export function handlerGroups(layout: Layout): HandlerGroup[] {
  return layout.api.groups
    .map((group) => {
      const names = layout.group(group);
      return {
        key: names.key,
        type: names.handlers,
        stem: names.stem,
        methods: group.operations.map((operation) => ({
          name: layout.operation(operation).constant,
          method: operation.method,
          path: operation.path,
          ...(operation.doc.summary !== undefined && {
            summary: operation.doc.summary,
          }),
        })),
      };
    })
    .filter((group) => group.methods.length > 0);
}
