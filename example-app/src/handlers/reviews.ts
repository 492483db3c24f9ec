/** Handlers of the group `reviews`. */
import type { ReviewsHandlers } from "../../../generated/index.js";
import { database } from "../database.js";
import { hasBook } from "../storage/books.js";
import { violates } from "../storage/database.js";
import * as reviewStorage from "../storage/reviews.js";

export const reviews: ReviewsHandlers = {
  async listReviews({ params, query, page, reply }) {
    const { bookId } = params;
    if (!(await hasBook(database(), bookId))) {
      return reply.notFound({ detail: `no book ${bookId}` });
    }
    const { items, total } = await reviewStorage.listReviews(
      database(),
      bookId,
      query.filter ?? {},
      page,
    );
    return reply.ok(items, { total });
  },

  async createReview({ params, body, principal, reply }) {
    const { bookId } = params;
    if (!(await hasBook(database(), bookId))) {
      return reply.notFound({ detail: `no book ${bookId}` });
    }
    try {
      const id = await reviewStorage.insertReview(
        database(),
        bookId,
        principal.id,
        body,
      );
      const review = await reviewStorage.findReview(database(), id);
      if (review === undefined) throw new Error(`review ${id} has vanished`);
      return reply.created(review, { headers: { location: `/reviews/${id}` } });
    } catch (error) {
      if (!violates(error, "reviews_once")) throw error;
      return reply.conflict({ detail: "you have reviewed this book before" });
    }
  },

  async getReview({ params, reply }) {
    const review = await reviewStorage.findReview(database(), params.reviewId);
    return review
      ? reply.ok(review)
      : reply.notFound({ detail: `no review ${params.reviewId}` });
  },

  async deleteReview({ params, principal, reply }) {
    const { reviewId } = params;
    const reviewer = await reviewStorage.findReviewer(database(), reviewId);
    if (reviewer === undefined) {
      return reply.notFound({ detail: `no review ${reviewId}` });
    }
    if (principal.role === "customer" && principal.id !== reviewer) {
      return reply.forbidden({
        detail: "only its writer or staff may delete a review",
      });
    }
    await reviewStorage.deleteReview(database(), reviewId);
    return reply.noContent();
  },
};
