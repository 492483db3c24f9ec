/** Room `lint`: the variables of a path and its path parameters are the same. */
import { isObject, member, textMember } from "../../load/member.js";
import { operationParameters } from "../operation-parameters.js";
import { readTemplate } from "../path-template.js";
import type { Rule } from "../rule.js";
import { shorten } from "../shorten.js";

export const pathVariables: Rule = {
  whole(context) {
    const { operations, diagnostics } = context;
    for (const operation of operations) {
      const { path, method, origin } = operation;
      if (path === undefined) continue;
      const { variables } = readTemplate(path);
      const declared = new Set<string>();
      for (const parameter of operationParameters(operation, context)) {
        if (member(parameter.node, "in") !== "path") continue;
        const name = textMember(parameter.node, "name") ?? "";
        declared.add(name);
        if (!variables.includes(name)) {
          diagnostics.warning(
            "KT2009",
            parameter.origin,
            `the path parameter \`${shorten(name)}\` is not in the path \`${shorten(path)}\`; it is ignored`,
            {
              help: `add \`{${shorten(name)}}\` to the path or remove the parameter`,
            },
          );
        } else if (
          isObject(parameter.node) &&
          member(parameter.node, "required") !== true
        ) {
          diagnostics.warning(
            "KT2015",
            parameter.origin,
            `the path parameter \`${shorten(name)}\` is required in any case`,
            { help: "add `required: true`" },
          );
        }
      }
      for (const name of new Set(variables)) {
        if (name === "" || declared.has(name)) continue;
        diagnostics.warning(
          "KT2008",
          origin,
          `the path variable \`${shorten(name)}\` of ${method} \`${shorten(path)}\` has no parameter; it is read as a string`,
          {
            help: `add \`{ name: ${shorten(name)}, in: path, required: true, schema: … }\` to \`parameters\``,
          },
        );
      }
    }
  },
};
