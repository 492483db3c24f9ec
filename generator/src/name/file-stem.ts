/** Room `name`: the stem of a file name: kebab-case, from a fixed alphabet, safe on every file system. */
import { hashSuffix } from "./hash-suffix.js";

const longest = 60;
const cut = 40;

/** Device names of Windows, and names that files of ours or of tools already have. */
const reserved =
  /^(?:con|prn|aux|nul|com\d|lpt\d|index|package|node-modules|git|shared)$/;

/** `PetStore`, `pet store` and `petStore` are `pet-store`. */
export function fileStem(text: string): string {
  const kebab = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const stem = kebab === "" ? withoutLetters(text) : kebab;
  if (stem.length > longest) {
    return `${stem.slice(0, cut).replace(/-+$/, "")}-${hashSuffix(text, 8)}`;
  }
  return reserved.test(stem) ? `${stem}-group` : stem;
}

/** Names in other scripts leave nothing of themselves behind, but are as different as any. */
function withoutLetters(text: string): string {
  return /\p{ID_Continue}/u.test(text)
    ? `group-${hashSuffix(text, 4)}`
    : "group";
}
