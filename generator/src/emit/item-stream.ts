/** Room `emit`: answers that are streams of items, each with a schema. */
import type { Media } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { Scope } from "./check/scope.js";
import { kindsOf } from "./project/needs.js";
import { shapeOf } from "./project/shape.js";

/** Fields of an event as OpenAPI 3.2 describes them (section "Special Considerations for Server-Sent Events"). */
const EVENT_FIELDS = new Set(["comment", "data", "event", "id", "retry"]);

export function isItemStream(media: Media): media is Media & { item: Schema } {
  const isStream = media.codec === "events" || media.codec === "lines";
  return isStream && media.item !== undefined;
}

/** Whether an item is an event, or what an event's data holds, or a line of its own. */
export function sendsEvents(
  models: Pick<Scope, "model">,
  media: Media & { item: Schema },
): boolean {
  if (media.codec !== "events") return true;
  const { array, object } = kindsOf(models, media.item);
  if (array || !object) return false;
  const { fields, patterns, rest } = shapeOf(models, media.item);
  return (
    fields.has("data") &&
    patterns.length + rest.length === 0 &&
    [...fields.keys()].every((key) => EVENT_FIELDS.has(key))
  );
}
