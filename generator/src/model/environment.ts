/** Room `model`: the dynamic scope of a schema, as far as `$dynamicRef` can see it. */
import type { Document, JsonObject, Target } from "../load/document.js";

/**
 * For each `$dynamicAnchor` name, the schema of the *outermost* schema resource on the way that has it (JSON Schema
 * 2020-12 core, section 8.2.3.2). It only grows on the way, so there are finitely many.
 */
export interface Environment {
  /** Equal for equal scopes; empty without dynamic anchors. */
  key: string;
  anchors: ReadonlyMap<string, Target>;
}

export const noEnvironment: Environment = { key: "", anchors: new Map() };

/** Interns environments, so that equal scopes share one object. */
export interface Environments {
  /** The scope after the evaluation has entered the resource that `schema` lies in. */
  enter(environment: Environment, schema: JsonObject): Environment;
  /** The scope cut down to some of its anchors. */
  restrict(environment: Environment, anchors: ReadonlySet<string>): Environment;
}

export function environments(document: Document): Environments {
  const interned = new Map<string, Environment>([["", noEnvironment]]);

  function intern(anchors: Map<string, Target>): Environment {
    const key = [...anchors]
      .map(([name, { origin }]) => `${name}=${origin.file}#${origin.pointer}`)
      .sort()
      .join(" ");
    let known = interned.get(key);
    if (known === undefined) {
      known = { key, anchors };
      interned.set(key, known);
    }
    return known;
  }

  return {
    enter(environment, schema) {
      const own = document.dynamicAnchors(document.resourceRoot(schema));
      const added = [...own].filter(([name]) => !environment.anchors.has(name));
      if (added.length === 0) return environment;
      return intern(new Map([...environment.anchors, ...added]));
    },
    restrict(environment, names) {
      return intern(
        new Map([...environment.anchors].filter(([name]) => names.has(name))),
      );
    },
  };
}
