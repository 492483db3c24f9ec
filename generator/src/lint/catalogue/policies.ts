/** Room `lint`: the codes KT23 (what `x-` members and their kin ask of the runtime). */
import type { CatalogueEntry } from "./entry.js";

export const POLICIES: Readonly<Record<string, CatalogueEntry>> = {
  KT2301: {
    title: "an extension that is not understood",
    explanation:
      "The name is one of the vocabulary, but its value is not, so nothing of it is applied. Under the prefix `x-kontract-` this is an error, since nobody else means anything by such a name.",
    help: "`docs/extensions.md` has the forms that are understood.",
    example: "x-sunset: next summer",
  },
  KT2302: {
    title: "a link that cannot be made",
    explanation:
      "Links of responses are written into answers. This one has no value for a variable of the path it leads to, names a parameter that is not there, or takes a value from where there is none.",
    help: "Give each variable of the target's path a value in `parameters`, such as `$response.body#/id`; variables of the same name are taken from the request.",
    example: "links: { author: { operationId: getAuthor } }",
  },
};
