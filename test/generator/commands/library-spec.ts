/** A small document that needs nothing unusual, and versions of it. */
export const LIBRARY = `openapi: 3.1.0
info: { title: Library, version: 1.0.0 }
paths:
  /books/{bookId}:
    get:
      operationId: getBook
      tags: [books]
      summary: Fetch one book
      parameters:
        - { name: bookId, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: the book
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Book" }
  /authors:
    get:
      operationId: listAuthors
      tags: [authors]
      responses:
        "204": { description: none }
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        title: { type: string }
`;

/** `listAuthors` is gone. */
export const WITHOUT_AUTHORS = LIBRARY.replace(
  /  \/authors:[\s\S]*?(?=components:)/,
  "",
);

/** One more operation of the books. */
export const WITH_CREATE = LIBRARY.replace(
  "  /authors:",
  `  /books:
    post:
      operationId: createBook
      tags: [books]
      responses:
        "204": { description: none }
  /authors:`,
);

/** The contract of `getBook` has changed, in a component. */
export const LONGER_TITLES = LIBRARY.replace(
  "title: { type: string }",
  "title: { type: string, maxLength: 500 }",
);

/** Two operations of one name: an error. */
export const BROKEN = LIBRARY.replace("listAuthors", "getBook");
