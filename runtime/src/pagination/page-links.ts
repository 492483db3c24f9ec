/** Room `pagination`: addresses of other pages of a list, as references that hold under any host (RFC 3986 4.2). */

/** `originalUrl` with one parameter set and all others as they were written; without it where `value` is undefined. */
export function withParameter(
  originalUrl: string,
  name: string,
  value: string | number | undefined,
): string {
  const target = originalUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  const pairs = mark === -1 ? [] : target.slice(mark + 1).split("&");
  const kept = pairs.filter((pair) => pair !== "" && nameOf(pair) !== name);
  if (value !== undefined) {
    kept.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  }
  // Two slashes at the start would name a host.
  const safe = path.replace(/^\/{2,}/, "/");
  return kept.length === 0 ? safe : `${safe}?${kept.join("&")}`;
}

function nameOf(pair: string): string {
  const [text = ""] = pair.split("=", 1);
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** `Link` of RFC 8288: characters that would end the reference are encoded. */
export function linkHeader(
  links: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const parts: string[] = [];
  for (const [rel, href] of Object.entries(links)) {
    if (href === undefined) continue;
    const safe = href.replace(/[<>"\s\\]|[^\x20-\x7e]/g, (character) =>
      encodeURIComponent(character),
    );
    parts.push(`<${safe}>; rel="${rel}"`);
  }
  return parts.length === 0 ? undefined : parts.join(", ");
}
