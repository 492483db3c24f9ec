/** Room `model`: whose pages may use the service from a browser: `x-cors` of the document. */
import type { Json } from "../load/document.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member } from "./member.js";
import {
  faultOfMembers,
  isTexts,
  refuseExtension,
  statedExtension,
} from "./stated-extension.js";

/** Plain data, emitted as it is; the runtime's `CorsOptions`. */
export interface Cors {
  origins?: "*" | string[];
  credentials?: boolean;
  /** Seconds. */
  maxAge?: number;
  requestHeaders?: string[];
  exposedHeaders?: string[];
}

const TOKEN = /^[!#$%&'+.^_`|~0-9A-Za-z-]+$/;

function isTokens(value: Json): value is string[] {
  return isTexts(value) && value.every((name) => TOKEN.test(name));
}

function isOrigins(value: Json): value is "*" | string[] {
  return value === "*" || (isTexts(value) && value.every(isOrigin));
}

/** As browsers write it (RFC 6454 6.2). */
function isOrigin(text: string): boolean {
  if (text.includes("*") || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}

function isSeconds(value: Json): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isFlag(value: Json): value is boolean {
  return typeof value === "boolean";
}

export function buildCors({
  document,
  diagnostics,
}: HttpContext): Cors | undefined {
  const stated = statedExtension(document.root, document.origin, "x-cors");
  if (stated === undefined) return undefined;
  const { value } = stated;
  const fault = faultOfMembers(value, {
    origins: isOrigins,
    credentials: isFlag,
    maxAge: isSeconds,
    requestHeaders: isTokens,
    exposedHeaders: isTokens,
  });
  if (fault !== undefined || !isObject(value)) {
    return refuseExtension(
      stated,
      diagnostics,
      fault ?? "it is no object",
      "write `{ origins: [https://app.example.com], credentials, maxAge, requestHeaders, exposedHeaders }`",
    );
  }
  if (
    member(value, "origins") === "*" &&
    member(value, "credentials") === true
  ) {
    return refuseExtension(
      stated,
      diagnostics,
      "with credentials, every page of the web could act for the user",
      "list the `origins` that may",
    );
  }
  return { ...value };
}
