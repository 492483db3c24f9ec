/** Handlers of the group `authors`. */
import type { AuthorsHandlers } from "../../../generated/index.js";
import { database } from "../database.js";
import { findAuthor, insertAuthor, listAuthors } from "../storage/authors.js";
import { BY_TITLE, listBooks } from "../storage/books.js";
import { violates } from "../storage/database.js";

export const authors: AuthorsHandlers = {
  async listAuthors({ query, page, reply }) {
    const filter = { name: query.q };
    const { items, total } = await listAuthors(database(), filter, page);
    return reply.ok(items, { total });
  },

  async createAuthor({ body, reply }) {
    try {
      const author = await insertAuthor(database(), body);
      const location = `/authors/${author.id}`;
      return reply.created(author, { headers: { location } });
    } catch (error) {
      if (!violates(error, "authors_name_key")) throw error;
      return reply.conflict({ detail: "there is an author of this name" });
    }
  },

  async getAuthor({ params, reply }) {
    const author = await findAuthor(database(), params.authorId);
    return author ? reply.ok(author) : reply.notFound(missing(params.authorId));
  },

  async listAuthorBooks({ params, page, reply }) {
    const { authorId } = params;
    if ((await findAuthor(database(), authorId)) === undefined) {
      return reply.notFound(missing(authorId));
    }
    const filter = { authorId };
    const found = await listBooks(database(), filter, BY_TITLE, page);
    return reply.ok(found.items, { total: found.total });
  },
};

function missing(authorId: number): { detail: string } {
  return { detail: `no author ${authorId}` };
}
