/** Handlers of the group `categories`. */
import type { CategoriesHandlers } from "../../../generated/index.js";
import { database } from "../database.js";
import {
  DuplicateSlug,
  findCategory,
  readCategoryTree,
  replaceCategoryTree,
} from "../storage/categories.js";
import { violates } from "../storage/database.js";

export const categories: CategoriesHandlers = {
  async getCategoryTree({ reply }) {
    return reply.ok(await readCategoryTree(database()));
  },

  async replaceCategoryTree({ body, reply }) {
    try {
      await replaceCategoryTree(database(), body);
    } catch (error) {
      if (error instanceof DuplicateSlug) {
        return reply.unprocessableContent({ detail: error.message });
      }
      if (!violates(error, "books_category_fkey")) throw error;
      return reply.conflict({ detail: "a book stands in a category left out" });
    }
    return reply.ok(await readCategoryTree(database()));
  },

  async getCategory({ params, reply }) {
    const category = await findCategory(database(), params.slug);
    return category
      ? reply.ok(category)
      : reply.notFound({ detail: `no category ${params.slug}` });
  },
};
