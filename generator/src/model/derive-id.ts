/** Room `model`: operationIds for operations that have none. */
import { createHash } from "node:crypto";

/** `GET /users/{id}/posts` is `getUsersByIdPosts`: from the method and path alone, so that nothing else can change it. */
export function deriveId(
  method: string,
  path: string,
  taken: ReadonlySet<string>,
): string {
  const words = path
    .replaceAll(/\{([^{}]*)\}/g, " by $1 ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  if (words.length === 0) words.push("root");
  const plain = method.toLowerCase() + words.map(capitalise).join("");
  if (!taken.has(plain)) return plain;
  // `/a-b` and `/a/b` read alike: the later one carries a mark of its own path.
  const digest = createHash("sha256").update(`${method} ${path}`).digest("hex");
  return `${plain}_${digest.slice(0, 6)}`;
}

function capitalise(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}
