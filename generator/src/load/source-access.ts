/** Room `load`: how the loader asks for the text behind a URI (types only). */
import type { Json } from "./document.js";

/** Why a URI was not read. */
export type Refusal =
  /** Below no entry of `resources`, and there is no network. */
  | { kind: "network" }
  /** Outside the root folder, by its path or through a symbolic link. */
  | { kind: "outside" }
  | { kind: "scheme" }
  | { kind: "missing" }
  | { kind: "unreadable"; why: string };

export type Fetched =
  | {
      ok: true;
      /** How users are told about it. */
      path: string;
      /** Equal for all spellings of one file. */
      identity: string;
      content: { bytes: Uint8Array } | { json: Json };
    }
  | { ok: false; refusal: Refusal };

export type Fetch = (uri: string) => Promise<Fetched>;
