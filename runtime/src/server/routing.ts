/** Room `server`: matching for all routes, compiled piece by piece as requests ask for the pieces. */
import type { Endpoint } from "./endpoint.js";
import { compileItems, type Routing } from "./path-item.js";
import type { TemplateSegment } from "./path-template.js";

/**
 * Routes are told apart by their first segment as long as it is literal; the routes of one such segment are compiled with
 * its first request, so that a large document does not pay at start for what it may never need.
 */
export function compileEndpoints(
  endpoints: readonly Endpoint[],
  prefix: readonly TemplateSegment[],
): Routing {
  const open: Endpoint[] = [];
  const literal = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const first = firstSegment(endpoint.route.path);
    if (prefix.length > 0 || /[{%]/.test(first)) {
      open.push(endpoint);
      continue;
    }
    const others = literal.get(first);
    if (others === undefined) literal.set(first, [endpoint]);
    else others.push(endpoint);
  }
  const rest = compileLater(open, prefix);
  const pieces = new Map<string, Routing>();
  for (const [first, members] of literal) {
    pieces.set(first, compileLater(members, []));
  }
  const pieceOf = (path: string): Routing | undefined => {
    const first = firstSegment(path);
    return pieces.get(first.includes("%") ? decode(first) : first);
  };
  return {
    find(path, method) {
      // A literal segment goes before all others, and gives way when nothing below it fits.
      return pieceOf(path)?.find(path, method) ?? rest.find(path, method);
    },
    all: (path) => [...(pieceOf(path)?.all(path) ?? []), ...rest.all(path)],
    itemOf(endpoint) {
      const piece = pieces.get(firstSegment(endpoint.route.path));
      const own = prefix.length > 0 ? undefined : piece;
      return (own ?? rest).itemOf(endpoint);
    },
  };
}

function compileLater(
  endpoints: readonly Endpoint[],
  prefix: readonly TemplateSegment[],
): Routing {
  let compiled: Routing | undefined;
  const routing = (): Routing => (compiled ??= compileItems(endpoints, prefix));
  return {
    find: (path, method) => routing().find(path, method),
    all: (path) => routing().all(path),
    itemOf: (endpoint) => routing().itemOf(endpoint),
  };
}

function firstSegment(path: string): string {
  const slash = path.indexOf("/", 1);
  return slash === -1 ? path.slice(1) : path.slice(1, slash);
}

/** What cannot be decoded is no literal's text. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "\0";
  }
}
