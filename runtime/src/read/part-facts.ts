/** Room `read`: what the header fields of a part say: its name, its file, its media type (RFC 7578 4). */
import type { UploadFacts } from "../contract/upload.js";
import { problem } from "../errors/problem.js";
import { type MediaType, parseMediaType } from "./media-type.js";
import type { Part } from "./multipart-parts.js";

export interface PartFacts extends UploadFacts {
  /** Of the form's member; parts of other multipart bodies may have none. */
  readonly field: string | undefined;
  readonly isFile: boolean;
  /** Absent when the part has no `Content-Type`. */
  readonly mediaType: MediaType | undefined;
}

const PARAMETER =
  /[ \t]*;[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\[^])*)"|([^\s;"]*))[ \t]*/y;

/** 400 for a part whose header fields break the grammar, or that is encoded once more. */
export function factsOf({ headers }: Part): PartFacts {
  const disposition = dispositionOf(headers.get("content-disposition"));
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase();
  if (encoding !== undefined && !/^(?:7bit|8bit|binary)$/.test(encoding)) {
    // RFC 7578 4.7: senders must not.
    throw refused("has a transfer encoding");
  }
  const written = headers.get("content-type");
  const mediaType = written === undefined ? undefined : parseMediaType(written);
  if (written !== undefined && mediaType === undefined) {
    throw refused("has a malformed media type");
  }
  const filename = disposition.get("filename");
  const field = disposition.get("name");
  return {
    field: field === undefined ? undefined : unescape(field),
    isFile: filename !== undefined,
    mediaType,
    name: baseName(filename ?? ""),
    type: mediaType?.essence ?? "application/octet-stream",
    headers: Object.fromEntries(headers),
  };
}

function dispositionOf(field: string | undefined): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  if (field === undefined) return parameters;
  let at = field.indexOf(";");
  if (at === -1) return parameters;
  while (at < field.length) {
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(field);
    const name = found?.[1]?.toLowerCase();
    if (name === undefined || parameters.has(name)) {
      throw refused("has a malformed disposition");
    }
    at = PARAMETER.lastIndex;
    const quoted = found?.[2]?.replaceAll(/\\(["\\])/g, "$1");
    parameters.set(name, quoted ?? found?.[3] ?? "");
  }
  return parameters;
}

/** What browsers escape in names (HTML, multipart/form-data encoding algorithm). */
function unescape(name: string): string {
  return name
    .replaceAll("%22", '"')
    .replaceAll(/%0D/gi, "\r")
    .replaceAll(/%0A/gi, "\n");
}

/** No folder, no control character, nothing that a file system takes for a place. */
function baseName(filename: string): string {
  const [base = ""] = unescape(filename).split(/[/\\]/).slice(-1);
  const name = base.replaceAll(/\p{Cc}/gu, "");
  return name === "." || name === ".." ? "" : name;
}

function refused(why: string): Error {
  return problem.badRequest({ detail: `a part of the request body ${why}` });
}
