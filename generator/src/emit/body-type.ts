/** Room `emit`: the type of a request body, as its handler gets it. */
import type { Media } from "../model/api.js";
import { type FileMember, planBody } from "./body-plan.js";
import { soleReference } from "./check/scope.js";
import { type Code, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { rtType } from "./runtime-symbols.js";
import {
  index,
  objectType,
  propertyKey,
  typeArgument,
  typeArguments,
} from "./syntax.js";
import { fileSymbol } from "./unit.js";

/** What the handler gets of a body of this media type. */
export function bodyValueType(
  context: EmitContext,
  media: Media,
  content: Code,
): Code {
  const plan = planBody(context, media);
  if (plan.kind === "bytes") return rtType.ByteStream;
  if (plan.kind === "text") return ts`string`;
  const reference = soleReference(plan.type);
  let type = index(content, media.type);
  if (reference !== undefined) {
    const names = context.layout.model(reference);
    type = fileSymbol(names.file, names.input, true);
  }
  if (plan.kind === "lines") return typeArgument(name("AsyncIterable"), type);
  if (plan.kind === "json" && plan.patch) {
    return typeArgument(rtType.MergePatch, type);
  }
  if (plan.kind === "multipart" && plan.files.length > 0) {
    return typeArguments(rtType.WithFiles, [
      type,
      objectType(plan.files.map(fileMember)),
    ]);
  }
  return type;
}

function fileMember({ name: key, kind, required }: FileMember): Code {
  const types = {
    file: rtType.UploadedFile,
    files: ts`${rtType.UploadedFile}[]`,
    stream: rtType.UploadedStream,
    streams: ts`AsyncIterable<${rtType.UploadedStream}>`,
  };
  const mark = required ? ts`:` : ts`?:`;
  return ts`${propertyKey(key)}${mark} ${types[kind]}`;
}
