/** Room `lint`: the codes KT4 (naming) and KT5 (output). */
import type { CatalogueEntry } from "./entry.js";

export const CODE: Readonly<Record<string, CatalogueEntry>> = {
  KT4001: {
    title: "a name that is taken",
    explanation:
      "Two names of the document become equal as identifiers or file names. The first one keeps the plain name, the other gets letters from a hash of its own name, so that nothing else that is added renames it.",
    help: "Choose a name that differs in more than case and punctuation.",
    example: "operationId: get-user\noperationId: getUser",
  },
  KT5001: {
    title: "a place that cannot be written",
    explanation:
      "Something stands where a generated file belongs: a folder, a link out of the output folder, or a file without permission.",
    help: "Remove what stands there, or choose another folder with `--out`.",
  },
  KT5002: {
    title: "a file of yours in the way",
    explanation:
      "A file that kontract did not write has the name of a generated one. It is not replaced.",
    help: "Move the file away, or choose another folder with `--out`.",
  },
  KT5003: {
    title: "a generated file was edited by hand",
    explanation:
      "The file differs from what was written. Generated files are rewritten as a whole, so the edit is lost.",
    help: "Keep own code in files of your own.",
  },
  KT5004: {
    title: "a leftover that was edited by hand",
    explanation:
      "The file is no longer generated, but somebody changed it, so it is kept.",
    help: "Delete it when its text is not needed any more.",
  },
  KT5005: {
    title: "the output folder cannot be used",
    explanation:
      "Another run writes to it, or it cannot be written at all. Nothing was changed.",
    help: "The message says what to do.",
  },
  KT5006: {
    title: "a handler that cannot be added safely",
    explanation:
      "The file of handlers is written in a way that leaves no safe place for a new one. Your files are never changed on a guess.",
    help: "Add the shown lines by hand.",
  },
  KT5007: {
    title: "a handler without operation",
    explanation:
      "No operation of the document has this handler: it was removed or renamed.",
    help: "Rename the handler, or remove it.",
  },
};
