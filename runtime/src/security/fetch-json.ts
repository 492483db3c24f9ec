/** Room `security`: fetches documents of authorization servers: bounded in time and size, without redirections. */

export type Fetch = (
  url: string,
  init: RequestInit & { readonly signal: AbortSignal },
) => Promise<Response>;

/** Bytes. Key sets and metadata are a few kilobytes. */
const SIZE = 512 * 1024;

/** The text of a 200; throws for all else. `timeout` in milliseconds. */
export async function fetchText(
  url: string,
  fetch: Fetch,
  timeout: number,
): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(timeout),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url} answers ${response.status}`);
  }
  return boundedText(response, url);
}

async function boundedText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes: Uint8Array = chunk;
    size += bytes.byteLength;
    if (size > SIZE) throw new Error(`${url} answers more than ${SIZE} bytes`);
    chunks.push(bytes);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(
    Buffer.concat(chunks),
  );
}

/** Throws unless keys and verdicts come over TLS, or from this machine. */
export function secureUrl(text: string, what: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback =
    url !== undefined &&
    /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (
    url === undefined ||
    !(url.protocol === "https:" || (url.protocol === "http:" && loopback))
  ) {
    throw new Error(
      `${what} is to be an https URL, not ${JSON.stringify(text)}`,
    );
  }
  return text;
}
