/** Room `name`: names that generated code must not give to things of the document. */

/** No identifiers of strict modules, or no names of types. */
const words = `
  any arguments async await bigint boolean break case catch class const continue debugger default delete do else enum eval
  export extends false finally for function if implements import in instanceof interface let never new null number object
  package private protected public require return static string super switch symbol this throw true try typeof undefined
  unknown var void while with yield
`;

/** Values and types that the language brings: generated code and its readers rely on them. */
const globals = `
  AggregateError Array ArrayBuffer Atomics BigInt Boolean DataView Date Error EvalError FinalizationRegistry Function
  Infinity Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set
  SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint8Array WeakMap WeakRef WeakSet
  console exports globalThis isFinite isNaN parseFloat parseInt process decodeURIComponent encodeURIComponent
  ArrayLike AsyncGenerator AsyncIterable AsyncIterator Awaited Capitalize ConstructorParameters Exclude Extract Generator
  InstanceType Iterable IterableIterator Lowercase NonNullable NoInfer Omit OmitThisParameter Parameters Partial Pick
  PromiseLike PropertyKey Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Required ReturnType ThisParameterType
  ThisType TemplateStringsArray Uncapitalize Uppercase
`;

/** Names that generated files declare or that their readers know from the runtime. */
const declared = `
  Authenticator Client Contract Handler Handlers Issues Operation Principals RawRequest Route Router RouterOptions Security
  WebhookHandlers WebhookSecurity WireResponse components createClient createRouter createWebhooks defs external handlers operations paths router routes schemes webhooks
`;

/** Members that every object has, or that make one look like a promise: no key for handlers. */
const members = `constructor hasOwnProperty isPrototypeOf propertyIsEnumerable prototype then toLocaleString toString valueOf`;

/** What no key may be. */
export const reservedWords: ReadonlySet<string> = namesOf(words, members);

/** What no exported name may be. */
export const reservedNames: ReadonlySet<string> = namesOf(
  words,
  members,
  globals,
  declared,
);

function namesOf(...lists: string[]): ReadonlySet<string> {
  return new Set(lists.join(" ").trim().split(/\s+/));
}
