/** Room `output`: the hash by which a text is recognised later. */
import { createHash } from "node:crypto";

const LINE_FEED_AFTER_RETURN = /\r\n/g;

/**
 * 32 hex digits. Line ends do not count: a checkout that turns LF into CRLF edits nothing.
 */
export function contentHash(content: string | Buffer): string {
  let text = content;
  if (typeof text === "string") {
    if (text.includes("\r\n"))
      text = text.replace(LINE_FEED_AFTER_RETURN, "\n");
  } else if (text.includes("\r\n")) {
    // latin1 maps bytes to code units one to one, so no byte is lost on the way
    const unix = text.toString("latin1").replace(LINE_FEED_AFTER_RETURN, "\n");
    text = Buffer.from(unix, "latin1");
  }
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
