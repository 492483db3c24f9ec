/** Room `examples`: every value of the document that stands for one of a schema; only `kontract lint` asks. */
import { Diagnostics, type Staged } from "../lint/diagnostic.js";
import type { Document } from "../load/document.js";
import type { Api } from "../model/api.js";
import type { Asked, FindAsked } from "./asked.js";
import { findDefaults } from "./defaults.js";
import { findExamples } from "./examples.js";
import { openJudge } from "./judge.js";
import { schemasAt } from "./schemas-at.js";
import { tellFault } from "./tell-fault.js";

const RULES: readonly FindAsked[] = [findDefaults, findExamples];

export function checkValues(document: Document, api: Api): Staged<Api> {
  const diagnostics = new Diagnostics();
  const asked: Asked[] = [];
  document.visit((node, kind, origin) => {
    for (const find of RULES) asked.push(...find(node, kind, origin, document));
  });
  const schemas = schemasAt(
    asked.map((each) => each.schema),
    api,
    document,
  );
  const judge = openJudge(api.models);
  for (const [index, each] of asked.entries()) {
    const schema = schemas[index];
    // What nothing leads to was not built.
    if (schema === undefined || each.isText?.(schema)) continue;
    const side = each.origin.pointer.includes("/responses/")
      ? "response"
      : "request";
    tellFault(diagnostics, each, judge(schema, each.value, side));
  }
  return { value: api, diagnostics: diagnostics.list };
}
