/** Room `output`: one file that the emitters have printed (type only). */

export interface GeneratedFile {
  /** Below the output folder, with `/`. */
  path: string;
  text: string;
  /** Of the text, where it is known already. */
  hash?: string;
}
