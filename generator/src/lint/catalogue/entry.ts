/** Room `lint`: what the catalogue says about a code (types only). */

export interface CatalogueEntry {
  /** A few words, lower case. */
  title: string;
  /** Why it matters, in sentences. */
  explanation: string;
  /** What to do, in sentences. */
  help: string;
  /** What it looks like, in YAML or on the command line. */
  example?: string;
}
