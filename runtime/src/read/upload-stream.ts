/** Room `read`: files of multipart bodies that handlers read as they arrive. */
import { Readable } from "node:stream";
import type { PartField } from "../contract/body-codec.js";
import type { UploadedStream } from "../contract/upload.js";
import { problem } from "../errors/problem.js";
import { bodyError, tooLarge } from "./body.js";
import type { Part, Parts } from "./multipart-parts.js";
import { factsOf, type PartFacts } from "./part-facts.js";

interface Upload {
  readonly parts: Parts;
  readonly part: Part;
  readonly facts: PartFacts;
  readonly field: PartField;
}

/** The last part of its body: one that follows would have come too late to be checked. */
export function streamOf(upload: Upload): UploadedStream {
  return toStream(upload, async () => {
    if ((await upload.parts.next()) !== undefined) throw tooLate();
  });
}

/** All parts from here on, one after another; each is read, or skipped, before the next. */
export async function* streamsOf(
  first: Upload,
): AsyncGenerator<UploadedStream, void, void> {
  let upload = first;
  for (;;) {
    const stream = toStream(upload);
    yield stream;
    if (!stream.readableEnded) stream.destroy();
    upload.part.body.resume();
    const part = await upload.parts.next();
    if (part === undefined) return;
    const facts = factsOf(part);
    if (facts.field !== first.facts.field) throw tooLate();
    upload = { ...upload, part, facts };
  }
}

function toStream(
  { parts, part, facts, field }: Upload,
  atEnd?: () => Promise<void>,
): UploadedStream {
  async function* bytes(): AsyncGenerator<Buffer, void, void> {
    let size = 0;
    try {
      for await (const chunk of part.body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (field.max !== undefined && size > field.max) {
          throw tooLarge(field.max);
        }
        yield chunk;
      }
    } catch (error) {
      throw parts.failure ?? bodyError(error);
    }
    if (field.min !== undefined && size < field.min) {
      throw problem.badRequest({
        detail: `a file has less than ${field.min} bytes`,
      });
    }
    await atEnd?.();
  }
  const stream = Readable.from(bytes(), { objectMode: false });
  // Who reads it learns of errors; when nobody does, nobody needs to.
  stream.on("error", () => {});
  const { name, type, headers } = facts;
  return Object.assign(stream, { name, type, headers });
}

function tooLate(): Error {
  return problem.badRequest({
    detail: "a part of the request body follows the file that ends it",
  });
}
