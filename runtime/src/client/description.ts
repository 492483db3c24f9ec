/** Room `client`: what generated clients say of operations, and what users say of the service. */

/** A parameter whose style is not what its place has by default. */
export interface ParameterStyle {
  readonly style?: string;
  readonly explode?: boolean;
  /** A media type in the place of a style. */
  readonly content?: string;
}

/** One operation, as far as a client has to know it. */
export interface CallDescription {
  readonly method: string;
  /** The path key of the document. */
  readonly path: string;
  /** `query/filter`, `path/id`, `header/x-tags`, `cookie/sid`: only where the default does not hold. */
  readonly styles?: Readonly<Record<string, ParameterStyle>>;
  /** The media type that is sent where the caller names none. */
  readonly body?: string;
  /** Names of the schemes of which one is needed. */
  readonly security?: readonly string[];
}

/** Operations by group and name. */
export type CallTable = Readonly<
  Record<string, Readonly<Record<string, CallDescription>>>
>;

/** How a credential is sent. */
export type CredentialPlace =
  | { readonly kind: "header"; readonly name: string }
  | { readonly kind: "query"; readonly name: string }
  | { readonly kind: "cookie"; readonly name: string }
  | { readonly kind: "basic" }
  | { readonly kind: "bearer" }
  | { readonly kind: "raw" };

/** A credential, or what gives one for each request; `undefined` sends none. */
export type CredentialOf<Credential> =
  Credential | (() => Credential | undefined | Promise<Credential | undefined>);

export interface ClientOptions<Credentials> {
  /** Where the paths of the document begin, such as `https://example.com/api/v1`; the page's own origin where there is one. */
  readonly baseUrl?: string;
  /** `globalThis.fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** By security scheme; each is sent only with operations that ask for it. */
  readonly credentials?: {
    readonly [Scheme in keyof Credentials]?: CredentialOf<Credentials[Scheme]>;
  };
}
