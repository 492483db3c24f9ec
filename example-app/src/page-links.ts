/** `Link` headers of lists: the pages before and after (RFC 8288). */

export interface PagePosition {
  page: number;
  limit: number;
  total: number;
}

/** Relative to the request, all other query parameters kept. Undefined when there is neither page. */
export function pageLinks(
  path: string,
  querystring: string,
  { page, limit, total }: PagePosition,
): string | undefined {
  const last = Math.ceil(total / limit);
  const to = (target: number, rel: string) => {
    const query = new URLSearchParams(querystring);
    query.set("page", String(target));
    return `<${path}?${query.toString()}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1 && last > 0) links.push(to(Math.min(page - 1, last), "prev"));
  if (page < last) links.push(to(page + 1, "next"));
  return links.length > 0 ? links.join(", ") : undefined;
}
