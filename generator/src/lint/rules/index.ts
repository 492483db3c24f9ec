/** Room `lint`: all rules, in the order in which they look. */
import type { Rule } from "../rule.js";
import { componentNames } from "./component-names.js";
import { discriminators } from "./discriminators.js";
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
import { servers } from "./servers.js";
import { structure } from "./structure.js";
import { unenforcedKeywords } from "./unenforced-keywords.js";

export const RULES: readonly Rule[] = [
  structure,
  paths,
  operationIds,
  pathVariables,
  parameters,
  responses,
  security,
  componentNames,
  patterns,
  discriminators,
  servers,
  schemaValues,
  precision,
  links,
  unenforcedKeywords,
];
