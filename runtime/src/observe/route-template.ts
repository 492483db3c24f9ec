/** Room `observe`: a route as OpenAPI and OpenTelemetry write it: `/books/{bookId}` for the router's `/books/:bookId`. */

/** As many as there are routes. */
const known = new Map<string, string>();

export function routeTemplate(path: string): string {
  let template = known.get(path);
  if (template === undefined) {
    template = path.replaceAll(
      /:"((?:[^"\\]|\\.)*)"|:([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)|\\(.)/gu,
      (_all, quoted?: string, name?: string, escaped?: string) =>
        escaped ?? `{${quoted?.replaceAll(/\\(.)/g, "$1") ?? name ?? ""}}`,
    );
    known.set(path, template);
  }
  return template;
}
