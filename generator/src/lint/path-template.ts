/** Room `lint`: the variables of a path key, and what is wrong with its braces. */

export interface PathTemplate {
  variables: string[];
  fault?: string;
}

export function readTemplate(path: string): PathTemplate {
  const variables: string[] = [];
  let fault: string | undefined;
  let end = -1;
  for (let at = 0; at < path.length; at++) {
    const char = path[at];
    if (char === "}") fault ??= "there is a `}` without a `{`";
    if (char !== "{") continue;
    const close = path.indexOf("}", at);
    const name = close === -1 ? undefined : path.slice(at + 1, close);
    if (name === undefined) {
      fault ??= "there is a `{` without a `}`";
      break;
    }
    if (name.includes("{")) {
      fault ??= "there is a `{` inside of a variable";
      at = close;
      continue;
    }
    if (name === "") fault ??= "a variable has no name";
    else if (variables.includes(name)) {
      fault ??= `the variable \`${name}\` stands in it twice`;
    }
    if (end === at) {
      fault ??= `nothing stands between the variables \`${variables.at(-1) ?? ""}\` and \`${name}\``;
    }
    variables.push(name);
    end = close + 1;
    at = close;
  }
  return { variables, ...(fault === undefined ? {} : { fault }) };
}

/** Equal for paths that differ in the names of their variables only. */
export function templateShape(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}
