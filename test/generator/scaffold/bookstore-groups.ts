/** The groups that the scaffold's tests speak of. */
import type { HandlerGroup } from "../../../generator/src/scaffold/handler-group.js";

export const books: HandlerGroup = {
  key: "books",
  type: "BooksHandlers",
  stem: "books",
  methods: [
    {
      name: "getBook",
      method: "GET",
      path: "/books/{bookId}",
      summary: "Fetch one book",
    },
    { name: "createBook", method: "POST", path: "/books" },
  ],
};

export const authors: HandlerGroup = {
  key: "authors",
  type: "AuthorsHandlers",
  stem: "authors",
  methods: [{ name: "listAuthors", method: "GET", path: "/authors" }],
};
