/** Room `lint`: what a config says about findings, by code. */
import { RULE_NAMES } from "./rules/style/index.js";

type Severity = "off" | "warning" | "error";

/** Names of rules become codes. */
export function severitiesOf(
  config: { rules?: Record<string, Severity> } = {},
): Record<string, Severity> {
  const { rules = {}, ...codes } = config;
  const named = Object.entries(rules).map(([name, severity]) => [
    RULE_NAMES.get(name) ?? name,
    severity,
  ]);
  return { ...codes, ...Object.fromEntries(named) };
}
