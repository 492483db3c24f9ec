/** Room `contract`: what generated readers read from. Text sources are split before they are decoded, and decoded once. */

/** A text value, or values below it, as sources other than JSON give them. */
export type TextValue =
  string | readonly TextValue[] | { readonly [key: string]: TextValue };

/** Names and text values of one object parameter. */
export type TextFields = Record<string, TextValue>;

export type PathStyle = "simple" | "label" | "matrix";

/** The character between the items of a list in one value. */
export type Separator = "," | " " | "|";

/** One request, before it is checked. Bad encodings and forbidden repetitions are reported to the issues of the request. */
export interface RawRequest {
  /** A path parameter; `style` is `simple` when not given. */
  path(name: string, style?: PathStyle): string;
  pathList(name: string, style: PathStyle, explode: boolean): string[];
  pathObject(name: string, style: PathStyle, explode: boolean): TextFields;

  /** The one value of a query parameter. */
  query(name: string): string | undefined;
  /** Every value of a repeated parameter (form, exploded). */
  queryAll(name: string): string[] | undefined;
  /** A list in one value (form, spaceDelimited, pipeDelimited; not exploded). */
  querySplit(name: string, separator: Separator): string[] | undefined;
  /** An object in one value: `R,100,G,200`. */
  queryPairs(name: string, separator: Separator): TextFields | undefined;
  /** `deepObject`: `filter[a]=1&filter[b][c]=2`. */
  queryObject(name: string, style?: "deepObject"): TextFields | undefined;
  /** An exploded form object of which these members are declared; each is a parameter of its own. */
  queryFields(names: readonly string[]): TextFields | undefined;
  /** An exploded form object with free members: all parameters but these. */
  queryRest(except: readonly string[]): TextFields | undefined;
  /** Everything after `?`, undecoded. */
  readonly querystring: string;

  /** `name` in lower case. */
  header(name: string): string | undefined;
  headerSplit(name: string): string[] | undefined;
  headerPairs(name: string, explode: boolean): TextFields | undefined;

  /** Style `form`: percent-decoded. */
  cookie(name: string): string | undefined;
  /** Style `cookie`: as it was sent. */
  cookieText(name: string): string | undefined;
  cookieAll(name: string): string[] | undefined;
  cookieSplit(name: string): string[] | undefined;
  cookiePairs(name: string): TextFields | undefined;
  cookieFields(names: readonly string[]): TextFields | undefined;

  /** Parsed JSON, a string, or a byte stream by the codec of `mediaType`; `undefined` when there is no body. */
  readonly body: unknown;
  /** The declared media type that the body's `Content-Type` matched. */
  readonly mediaType: string | undefined;
  /** The `Content-Type` without parameters, in lower case, where a range (`image/*`) was matched. */
  readonly contentType: string | undefined;
}
