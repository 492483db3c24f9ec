/** Room `lint`: all rules, in the order in which they look. */
import type { MakeRule, Rule } from "../rule.js";
import { additionalOperations } from "./additional-operations.js";
import { componentNames } from "./component-names.js";
import { discriminators } from "./discriminators.js";
import { fieldsWithoutEffect } from "./fields-without-effect.js";
import { links } from "./links.js";
import { operationIds } from "./operation-ids.js";
import { parameters } from "./parameters.js";
import { pathVariables } from "./path-variables.js";
import { paths } from "./paths.js";
import { patterns } from "./patterns.js";
import { precision } from "./precision.js";
import { responses } from "./responses.js";
import { schemaValues } from "./schema-values.js";
import { security } from "./security.js";
import { serverOverrides } from "./server-overrides.js";
import { servers } from "./servers.js";
import { structure } from "./structure.js";
import { tags } from "./tags.js";
import { STYLE_RULES } from "./style/index.js";
import { unenforcedKeywords } from "./unenforced-keywords.js";

const RULES: readonly (Rule | MakeRule)[] = [
  structure,
  paths,
  additionalOperations,
  tags,
  operationIds,
  pathVariables,
  parameters,
  responses,
  security,
  componentNames,
  patterns,
  discriminators,
  servers,
  serverOverrides,
  fieldsWithoutEffect,
  schemaValues,
  precision,
  links,
  unenforcedKeywords,
];

/** For one document. */
export function makeRules(withStyle: boolean): Rule[] {
  const rules = withStyle ? [...RULES, ...STYLE_RULES] : RULES;
  return rules.map((rule) => (typeof rule === "function" ? rule() : rule));
}
