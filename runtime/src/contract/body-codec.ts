/** Room `contract`: how the bodies of one media type are read, as generated code describes it. */
import type { Issues } from "./issues.js";
import type { Shape } from "./raw-request.js";

/** Reports the faults of a value that stands at `at`. */
export type ValueCheck = (value: unknown, at: string, issues: Issues) => void;

/** How the text of one member of a form becomes a value. Without any of the marks: one text, typed by `shape`. */
export interface FormField {
  readonly shape: Shape;
  /** Each value is JSON. */
  readonly json?: true;
  /** The name may come several times; the values are a list. */
  readonly list?: true;
  /** One value holds a list, with this between its items. */
  readonly split?: "," | " " | "|";
  /** What `split` gives are names and values in turn. */
  readonly pairs?: true;
  /** `name[a][b]=1`. */
  readonly deep?: true;
  /** An object whose members stand in the form under their own names. */
  readonly members?: readonly string[];
}

/** `application/x-www-form-urlencoded`. */
export interface FormCodec {
  readonly codec: "form";
  readonly fields: Readonly<Record<string, FormField>>;
  /** Types of members that are not declared; text when absent. */
  readonly rest?: Shape;
}

/** One part of a multipart body. */
export interface PartField extends FormField {
  /** A file, whole in memory or as it arrives; else text or JSON. */
  readonly file?: "bytes" | "stream";
  /** Media types that the part may have, ranges included; any when absent. */
  readonly types?: readonly string[];
  /** Bytes of a file. */
  readonly min?: number;
  readonly max?: number;
}

/** Declared header fields of a part. */
export interface PartHeaders {
  readonly shape: Shape;
  readonly check: ValueCheck;
}

/** `multipart/*`: parts by name, or by position where `items` is there. */
export interface MultipartCodec {
  readonly codec: "multipart";
  readonly fields: Readonly<Record<string, PartField>>;
  readonly rest?: Shape;
  readonly prefix?: readonly PartField[];
  readonly items?: PartField;
  /** By name of the part. */
  readonly headers?: Readonly<Record<string, PartHeaders>>;
}

/** JSON texts in a row: NDJSON, JSON Lines, RFC 7464. The handler gets them one by one. */
export interface LinesCodec {
  readonly codec: "lines";
  /** Called for each text, before the handler sees it. */
  readonly check?: ValueCheck;
}

/** `list`: a row of JSON texts, read whole. `bytes` is not buffered. */
export type BodyCodec =
  "json" | "text" | "bytes" | "list" | FormCodec | MultipartCodec | LinesCodec;
