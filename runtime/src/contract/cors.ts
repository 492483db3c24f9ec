/** Room `contract`: whose pages may use the service from a browser (WHATWG Fetch, HTTP-CORS protocol). */

/** `x-cors` of the document, and the option `cors` of `createRouter`, which wins member by member. */
export interface CorsOptions {
  /** Origins as browsers write them (`https://app.example.com`), or `"*"` for every one. */
  readonly origins?: "*" | readonly string[];
  /** Whether cookies and certificates come along; never with `"*"`. */
  readonly credentials?: boolean;
  /** Seconds for which a browser keeps the answer to a preflight; 600. */
  readonly maxAge?: number;
  /** Request header fields beside those that the operations declare. */
  readonly requestHeaders?: readonly string[];
  /** Response header fields that scripts may read, beside those that the operations declare. */
  readonly exposedHeaders?: readonly string[];
}
