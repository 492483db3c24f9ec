/** Room `examples`: which schema of the representation stands at a place of the document. */
import type { Origin } from "../lint/diagnostic.js";
import type { Document } from "../load/document.js";
import type { Api } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import { walk } from "../model/walk.js";

/** What nothing leads to was not built, and has no schema. Of several that were made of one place the outermost counts. */
export function schemasAt(
  places: readonly Origin[],
  { groups, outgoing, models }: Api,
  { written, files }: Pick<Document, "written" | "files">,
): (Schema | undefined)[] {
  // In one file a place is its pointer: large documents have more schemas than it is worth to make keys for.
  const keyOf =
    files.length > 1
      ? (origin: Origin) => placeKey(written(origin))
      : ({ pointer }: Origin) => pointer;
  const keys = places.map((place) =>
    files.length > 1 ? placeKey(place) : place.pointer,
  );
  const wanted = new Set(keys);
  const byPlace = new Map<string, Schema>();
  const enter = (schema: Schema) =>
    walk(schema, (each) => {
      const key = keyOf(each.origin);
      if (wanted.has(key) && !byPlace.has(key)) byPlace.set(key, each);
    });
  const operations = [
    ...groups.flatMap((group) => group.operations),
    ...outgoing.map(({ operation }) => operation),
  ];
  for (const { schema } of models.values()) enter(schema);
  for (const { params, body, answers } of operations) {
    for (const { schema } of params) enter(schema);
    for (const { schema } of answers.flatMap(({ headers }) => headers)) {
      enter(schema);
    }
    const media = [body?.media ?? [], ...answers.map((each) => each.media)];
    for (const each of media.flat()) {
      enter(each.schema);
      if (each.item) enter(each.item);
      for (const { headers } of each.encoding) {
        for (const { schema } of headers) enter(schema);
      }
    }
  }
  return keys.map((key) => byPlace.get(key));
}

function placeKey({ file, pointer }: Origin): string {
  return `${file}#${pointer}`;
}
