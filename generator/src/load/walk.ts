/** Room `load`: the typed walk over a document: every node once, each with the kind that its place gives it. */
import type { Json, JsonObject, NodeKind } from "./document.js";
import {
  type Place,
  type Structure,
  type Version,
  structures,
} from "./grammar.js";
import { isObject } from "./member.js";
import { childPointer } from "./pointer.js";

export interface Visitor<Scope> {
  /** A node in its place. The answer is the scope for what is inside; `undefined`: leave the inside alone. */
  enter(
    node: JsonObject | boolean,
    kind: NodeKind,
    pointer: string,
    scope: Scope,
  ): Scope | undefined;
  /** `$ref` where the specification has none: in a map or list, or in an object of a kind that has no references. */
  graft?(
    parent: JsonObject | Json[],
    key: string | number,
    place: Place,
    pointer: string,
    scope: Scope,
  ): void;
  /** `{ $ref: file.md }` where a text is expected. */
  text?(parent: JsonObject, key: string, pointer: string, scope: Scope): void;
}

/** A place and what stands in it. */
export interface Standing {
  value: Json | undefined;
  place: Place;
  pointer: string;
}

/** Walks with recursion: the loader has limited the depth of every file before (`limits.ts`). */
export function walk<Scope>(
  start: Standing,
  version: Version,
  scope: Scope,
  visitor: Visitor<Scope>,
): void {
  const table = structures(version);

  function visitPlace(
    value: Json | undefined,
    place: Place,
    pointer: string,
    inside: Scope,
    parent: JsonObject | Json[] | undefined,
    key: string | number,
  ): void {
    if (place.form === "one") {
      visitNode(value, place, pointer, inside, parent, key);
    } else if (place.form === "list") {
      if (Array.isArray(value)) {
        const item: Place = { form: "one", kind: place.kind };
        for (let index = 0; index < value.length; index++) {
          visitNode(
            value[index],
            item,
            `${pointer}/${index}`,
            inside,
            value,
            index,
          );
        }
      } else if (isGraft(value) && parent !== undefined) {
        visitor.graft?.(parent, key, place, pointer, inside);
      }
    } else if (isObject(value)) {
      if (isGraft(value) && parent !== undefined) {
        visitor.graft?.(parent, key, place, pointer, inside);
        return;
      }
      const item: Place = { form: "one", kind: place.kind };
      for (const name of Object.keys(value)) {
        visitNode(
          value[name],
          item,
          childPointer(pointer, name),
          inside,
          value,
          name,
        );
      }
    }
  }

  function visitNode(
    node: Json | undefined,
    place: Place,
    pointer: string,
    outside: Scope,
    parent: JsonObject | Json[] | undefined,
    key: string | number,
  ): void {
    if (typeof node === "boolean" && place.kind === "schema") {
      visitor.enter(node, place.kind, pointer, outside);
      return;
    }
    if (!isObject(node)) return;
    const structure = table.get(place.kind);
    if (structure === undefined) return;
    if (
      structure.reference === "none" &&
      parent !== undefined &&
      isGraft(node)
    ) {
      visitor.graft?.(parent, key, place, pointer, outside);
      return;
    }
    const inside = visitor.enter(node, place.kind, pointer, outside);
    if (inside !== undefined) visitInside(node, structure, pointer, inside);
  }

  function visitInside(
    node: JsonObject,
    structure: Structure,
    pointer: string,
    inside: Scope,
  ): void {
    for (const key of Object.keys(node)) {
      const value = node[key];
      const child = structure.children.get(key);
      if (child === "text") {
        if (isGraft(value)) {
          visitor.text?.(node, key, childPointer(pointer, key), inside);
        }
      } else if (child !== undefined) {
        visitPlace(value, child, childPointer(pointer, key), inside, node, key);
      } else if (structure.others !== undefined && !key.startsWith("x-")) {
        visitNode(
          value,
          structure.others,
          childPointer(pointer, key),
          inside,
          node,
          key,
        );
      }
    }
  }

  visitPlace(start.value, start.place, start.pointer, scope, undefined, "");
}

/** An object with a textual `$ref`. A property *named* `$ref` holds a schema, so it is never a text. */
function isGraft(value: Json | undefined): value is JsonObject {
  return (
    isObject(value) &&
    Object.hasOwn(value, "$ref") &&
    typeof value["$ref"] === "string"
  );
}
