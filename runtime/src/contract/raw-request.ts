/** Room `contract`: what generated readers read from. Text sources are split before they are decoded, and decoded once. */

/** A text value, or values below it, as sources other than JSON give them. */
export type TextValue =
  string | readonly TextValue[] | { readonly [key: string]: TextValue };

/** Names and text values of one object parameter. */
export type TextFields = Record<string, TextValue>;

export type PathStyle = "simple" | "label" | "matrix";

/** The character between the items of a list in one value. */
export type Separator = "," | " " | "|";

/** What a schema says about types, and nothing else. A list is a union: scalars are tried first, in order. */
export type Shape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "null"
  | { readonly items: Shape; readonly prefix?: readonly Shape[] }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly rest?: Shape }
  | readonly Shape[];

/** How the text of a cookie is written: percent-encoded and joined by `&`, or as it is. */
export type CookieStyle = "form" | "cookie";

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
  /** `deepObject`: `filter[a]=1&filter[b][c]=2`. Only what `shape` declares is built; all of it without a shape. */
  queryObject(
    name: string,
    style?: "deepObject",
    shape?: Shape,
  ): TextValue | undefined;
  /** An exploded form object of which these members are declared; each is a parameter of its own. */
  queryFields(names: readonly string[]): TextFields | undefined;
  /** An exploded form object with free members: all parameters but these. */
  queryRest(except: readonly string[]): TextFields | undefined;
  /** Everything after `?`, undecoded. */
  readonly querystring: string;
  /** The same, percent-decoded as one text; `name` is that of the parameter. */
  queryText(name: string): string | undefined;

  /** `name` in lower case. */
  header(name: string): string | undefined;
  headerSplit(name: string): string[] | undefined;
  headerPairs(name: string, explode: boolean): TextFields | undefined;

  /** Style `form`: percent-decoded. */
  cookie(name: string): string | undefined;
  /** Style `cookie`: as it was sent. */
  cookieText(name: string): string | undefined;
  /** Every value of that name; `form` is the style when none is given, here and below. */
  cookieAll(name: string, style?: CookieStyle): string[] | undefined;
  cookieSplit(name: string, style?: CookieStyle): string[] | undefined;
  cookiePairs(name: string, style?: CookieStyle): TextFields | undefined;
  cookieFields(
    names: readonly string[],
    style?: CookieStyle,
  ): TextFields | undefined;

  /** Parsed JSON, a string, or a byte stream by the codec of `mediaType`; `undefined` when there is no body. */
  readonly body: unknown;
  /** The declared media type that the body's `Content-Type` matched. */
  readonly mediaType: string | undefined;
  /** The `Content-Type` without parameters, in lower case, where a range (`image/*`) was matched. */
  readonly contentType: string | undefined;
}
