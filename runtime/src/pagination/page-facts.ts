/** Room `pagination`: what can be said of one page: its place in the list, and the addresses of its neighbours. */
import type { PaginationPolicy } from "../contract/policies.js";
import type { PageFacts } from "./page-body.js";
import { withParameter } from "./page-links.js";

/** A page as it was asked for and answered. */
export interface Page {
  readonly limit: number;
  /** Items before it. */
  readonly offset: number;
  /** Items in it. */
  readonly count: number;
  /** Items in all pages. */
  readonly total: number | undefined;
  readonly originalUrl: string;
}

/** With a cursor only the next page is known; `next` is sealed. */
export function cursorFacts(
  { limit, count, total, originalUrl }: Page,
  parameter: string,
  next: string | undefined,
): PageFacts {
  return {
    total,
    totalPages: total === undefined ? undefined : Math.ceil(total / limit),
    limit,
    count,
    hasMore: next !== undefined,
    nextCursor: next,
    selfUrl: originalUrl,
    firstUrl: withParameter(originalUrl, parameter, undefined),
    nextUrl:
      next === undefined
        ? undefined
        : withParameter(originalUrl, parameter, next),
  };
}

/** `next`: the handler's word where there is no total; without it a full page is taken to have a next one. */
export function numberedFacts(
  { limit, offset, count, total, originalUrl }: Page,
  { style, inputs }: PaginationPolicy,
  next: boolean | undefined,
): PageFacts {
  const number = Math.floor(offset / limit) + 1;
  const pages = total === undefined ? undefined : Math.ceil(total / limit);
  // An empty list has a first page, which is its last.
  const last = pages === undefined ? undefined : Math.max(pages, 1);
  const hasMore =
    total === undefined ? (next ?? count >= limit) : offset + limit < total;
  // Whoever went beyond the end is led back to the last page.
  const previous =
    offset === 0
      ? undefined
      : Math.max(Math.min(number - 1, last ?? number - 1), 1);
  const parameter = (style === "page" ? inputs.page : inputs.offset) ?? style;
  const to = (page: number | undefined): string | undefined => {
    if (page === undefined) return undefined;
    const value = style === "page" ? page : (page - 1) * limit;
    return withParameter(originalUrl, parameter, value);
  };
  /** Pages by offset need not begin at multiples of the limit: their neighbours are counted from where they are. */
  const beside = (start: number, page: number | undefined) =>
    style === "page" || page === undefined
      ? to(page)
      : withParameter(originalUrl, parameter, start);
  const before =
    total !== undefined && offset >= total && last !== undefined
      ? (last - 1) * limit
      : Math.max(offset - limit, 0);
  return {
    total,
    totalPages: pages,
    page: number,
    limit,
    offset,
    count,
    hasMore,
    hasPrevious: offset > 0,
    nextPage: hasMore ? number + 1 : undefined,
    previousPage: previous,
    selfUrl: originalUrl,
    firstUrl: to(1),
    previousUrl: beside(before, previous),
    nextUrl: beside(offset + limit, hasMore ? number + 1 : undefined),
    lastUrl: to(last),
  };
}
