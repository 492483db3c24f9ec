/** Room `model`: how versions of the service are told apart: `x-versioning` of the document. */
import type { Json } from "../load/document.js";
import type { Operation } from "./api.js";
import type { HttpContext } from "./http-context.js";
import { isObject, member } from "./member.js";
import {
  faultOfMembers,
  isText,
  isTexts,
  refuseExtension,
  statedExtension,
} from "./stated-extension.js";

/** Plain data, emitted as it is; the runtime's `VersioningFacts`. */
export interface Versioning {
  in?: "path" | "header" | "mediaType";
  /** `/api/{version}`, a header field, or `application/vnd.api.{version}+json`. */
  name?: string;
  values?: string[];
  default?: string | 400;
  /** A media type of the document is that of a version. */
  declared?: true;
}

function isPlace(value: Json): boolean {
  return value === "path" || value === "header" || value === "mediaType";
}

function isDefault(value: Json): boolean {
  return isText(value) || value === 400;
}

export function buildVersioning(
  { document, diagnostics }: HttpContext,
  operations: readonly Operation[],
): Versioning | undefined {
  const stated = statedExtension(
    document.root,
    document.origin,
    "x-versioning",
  );
  if (stated === undefined) return undefined;
  const { value } = stated;
  const fault = faultOfMembers(value, {
    in: isPlace,
    name: isText,
    values: isTexts,
    default: isDefault,
  });
  const place = isObject(value) ? member(value, "in") : undefined;
  const name = isObject(value) ? member(value, "name") : undefined;
  const needsVersion =
    place === "mediaType" || (place === "path" && name !== undefined);
  const lacksVersion =
    needsVersion &&
    !(typeof name === "string" && name.split("{version}").length === 2);
  if (fault !== undefined || !isObject(value) || lacksVersion) {
    return refuseExtension(
      stated,
      diagnostics,
      fault ?? "its `name` has no `{version}` in it",
      "for example `{ in: mediaType, name: application/vnd.api.{version}+json, values: [v1, v2], default: latest }`",
    );
  }
  const versioning: Versioning = { ...value };
  if (place === "mediaType" && typeof name === "string") {
    const [before = ""] = name.toLowerCase().split("{version}");
    const types = operations.flatMap(({ answers, body }) =>
      [...answers.flatMap(({ media }) => media), ...(body?.media ?? [])].map(
        ({ type }) => type,
      ),
    );
    if (types.some((type) => type.startsWith(before))) {
      versioning.declared = true;
    }
  }
  return versioning;
}
