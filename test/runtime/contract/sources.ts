/** What handlers may and may not write, for three compilers: a line that must not compile ends with `// rejected`. */

const head = `
import { problem } from "@kontract/runtime";
import type { RouterOptions, Authenticator, PrincipalOf } from "@kontract/runtime";
import type { BooksHandlers } from "FIXTURE/handlers.js";
import { getBook, listBooks, exportBook, createBook, type Book } from "FIXTURE/operations.js";
declare const book: Book;
`;

/** Name to source; `FIXTURE` stands for the folder of the fixture. */
export const sources: Readonly<Record<string, string>> = {
  "accepted handlers": `${head}
export const books: BooksHandlers = {
  async listBooks({ query, reply, signal, log, ctx }) {
    const limit: number = query.limit;
    if (signal.aborted) return { status: 500, body: { type: "t", title: "t", status: 500 } };
    log.info("listing", { limit, method: ctx.method });
    if (limit > 50) return reply.status(503, { type: "t", title: "t", status: 503 });
    return reply.ok([book], { headers: { "x-total": 1 } });
  },
  createBook({ body, reply }) {
    if (body.title === "") return reply.conflict({ detail: "taken", shelf: 3 });
    if (body.title === "?") return reply.unprocessableContent();
    return reply.created(book, { headers: { location: "/books/1" } });
  },
  async getBook({ params, reply }) {
    if (params.bookId === "0") return reply.status(404, { type: "t", title: "t", status: 404 });
    if (params.bookId === "1") return { status: 200, body: book, headers: { etag: '"1"' } };
    if (params.bookId === "2") return reply.ok(book);
    return reply.notFound({ detail: "no such book" }, { headers: {} });
  },
  async deleteBook({ principal, reply }) {
    const id: string = principal.id;
    return id === "" ? { status: 204 } : reply.noContent();
  },
  async exportBook({ params, reply }) {
    if (params.bookId === "1") return reply.ok(book, { type: "application/json" });
    if (params.bookId === "2") return reply.ok(book);
    return reply.ok("a,b", { type: "text/csv" });
  },
};
`,
  "accepted stub": `${head}
export const books: BooksHandlers = {
  async listBooks() { throw problem.notImplemented(); },
  async createBook() { throw problem.notImplemented(); },
  async getBook() { throw problem.notImplemented(); },
  async deleteBook() { throw problem.notImplemented(); },
  async exportBook() { throw problem.notImplemented(); },
};
`,
  "undeclared status in a literal": `${head}
export const one: BooksHandlers["getBook"] = async () => ({ status: 418, body: book }); // rejected
export const two: BooksHandlers["getBook"] = async ({ params }) => ({ status: params.bookId.length, body: book }); // rejected
`,
  "undeclared status in reply": `${head}
export const one = getBook.reply.status(418, book); // rejected
export const two = getBook.reply.conflict({}); // rejected
export const three = listBooks.reply.status(410, { type: "", title: "", status: 410 }); // rejected
`,
  "missing body": `${head}
export const one = getBook.reply.ok(); // rejected
export const two = getBook.reply.status(200); // rejected
export const three: BooksHandlers["getBook"] = async () => ({ status: 200 }); // rejected
export const four: BooksHandlers["getBook"] = () => ({ status: 200, headers: {} }); // rejected
`,
  "wrong body": `${head}
export const one = getBook.reply.ok({ id: 1, title: "" }); // rejected
export const two = getBook.reply.notFound({ detail: 5 }); // rejected
export const three: BooksHandlers["getBook"] = async () => ({ status: 200, body: { id: "1" } }); // rejected
`,
  "forbidden body": `${head}
declare const noContent: Parameters<BooksHandlers["deleteBook"]>[0]["reply"];
export const one = noContent.noContent(book); // rejected
export const two = noContent.status(204, book); // rejected
export const three: BooksHandlers["deleteBook"] = async () => ({ status: 204, body: book }); // rejected
`,
  "wrong headers": `${head}
export const one = getBook.reply.ok(book, { headers: { etag: 1 } }); // rejected
export const two = getBook.reply.ok(book, { headers: { "x-unknown": "1" } }); // rejected
export const three = getBook.reply.notFound({}, { headers: { etag: "1" } }); // rejected
export const four: BooksHandlers["getBook"] = async () => ({ status: 200, body: book, headers: { "x-unknown": "1" } }); // rejected
export const five: BooksHandlers["getBook"] = async () => ({ status: 200, body: book, headers: { etag: 1 } }); // rejected
`,
  "missing required headers": `${head}
export const one = createBook.reply.created(book); // rejected
export const two = createBook.reply.created(book, {}); // rejected
export const three = createBook.reply.status(201, book); // rejected
export const four: BooksHandlers["createBook"] = async () => ({ status: 201, body: book }); // rejected
`,
  "members of the extra that the contract does not know": `${head}
export const one = listBooks.reply.ok([book], { headers: { "x-total": 1 }, total: 5 }); // rejected
export const two = exportBook.reply.ok(book, { type: "text/html" }); // rejected
export const three = exportBook.reply.ok(book, { type: "text/csv" }); // rejected
export const four = getBook.reply.ok(book, { type: "application/json" }); // rejected
`,
  "another operation's reply": `${head}
export const one: BooksHandlers["getBook"] = async () => exportBook.reply.ok(book); // rejected
export const two: BooksHandlers["createBook"] = async () => getBook.reply.notFound({}); // rejected
`,
  "missing handler": `${head}
const { getBook: left, ...others } = {} as BooksHandlers;
export const books: BooksHandlers = others; // rejected
export const kept = left;
`,
  "keys that the operation does not have": `${head}
export const one: BooksHandlers["getBook"] = async ({ query, reply }) => reply.ok(query); // rejected
export const two: BooksHandlers["getBook"] = async ({ body, reply }) => reply.ok(body); // rejected
export const three: BooksHandlers["getBook"] = async ({ principal, reply }) => reply.ok(principal); // rejected
`,
  "security argument": `${head}
interface Security { apiKey: Authenticator<string, "apiKey"> }
interface Open {}
declare function secured(handlers: object, options: RouterOptions<Security>): void;
declare function open(handlers: object, options?: RouterOptions<Open>): void;
declare const verify: Authenticator<string, "apiKey">;
secured({}, { security: { apiKey: verify } });
secured({}, { security: { apiKey: async (key, { scopes }) => (scopes.length > 0 ? null : { id: key }) }, preload: true });
open({});
open({}, { preload: true });
secured({}); // rejected
secured({}, {}); // rejected
secured({}, { security: {} }); // rejected
secured({}, { security: { apiKey: (key: string) => ({ name: key }) } }); // rejected
secured({}, { security: { apiKey: (key: number) => ({ id: String(key) }) } }); // rejected
`,
  "augmented principals": `
import type { Authenticator, PrincipalOf } from "@kontract/runtime";
declare module "@kontract/runtime" {
  interface Principals { session: { user: string } }
}
export const user: PrincipalOf<"session"> = { user: "ada" };
export const verify: Authenticator<string, "session"> = (user) => ({ user });
export const other: PrincipalOf<"anything"> = { id: "1" };
export const one: PrincipalOf<"session"> = { id: "1" }; // rejected
`,
};
