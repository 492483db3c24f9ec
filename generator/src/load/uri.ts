/** Room `load`: URI references (RFC 3986) as documents use them. */

export interface SplitReference {
  /** Without fragment. */
  uri: string;
  /** Percent-decoded; empty when there is none. */
  fragment: string;
}

export function splitFragment(reference: string): SplitReference {
  const hash = reference.indexOf("#");
  if (hash === -1) return { uri: reference, fragment: "" };
  return {
    uri: reference.slice(0, hash),
    fragment: percentDecoded(reference.slice(hash + 1)),
  };
}

/** `undefined`: no URI reference, or a relative one to a base that has no hierarchy. */
export function resolveUri(
  base: string,
  reference: string,
): string | undefined {
  if (reference === "") return base;
  try {
    const url = new URL(reference, base);
    url.hash = "";
    return url.href;
  } catch {
    return undefined;
  }
}

/** A malformed escape is left as it is: it may be meant literally. */
function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
