/** Room `emit/check`: where in a request a value stands, as the code that says so in a report. */
import { type Code, template, ts } from "../code.js";

/** A place: fixed text and run-time pieces (the prefix a function was given, an index, an escaped key). */
export type Place = readonly (string | Code)[];

/** A fixed member below a place. */
export function below(place: Place, key: string): Place {
  return append(place, `/${escapePointer(key)}`);
}

/** A member whose key or index is known only at run time; `key` is code for its escaped text. */
export function belowDynamic(place: Place, key: Code): Place {
  return [...append(place, "/"), key];
}

/** The code of a place: a string literal, a variable, or a template. */
export function placeCode(place: Place): Code {
  const [only] = place;
  if (place.length === 1 && only !== undefined) return ts`${only}`;
  return template(place);
}

function append(place: Place, text: string): Place {
  const last = place.at(-1);
  return typeof last === "string"
    ? [...place.slice(0, -1), last + text]
    : [...place, text];
}

/** RFC 6901 section 3. */
export function escapePointer(key: string): string {
  return key.replace(/~/g, "~0").replace(/\//g, "~1");
}
