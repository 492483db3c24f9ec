/** Room `model`: lists that come in pages: what the client asks with, and what the runtime writes around the items. */
import type { Operation, PagedAnswer, Param } from "../api.js";
import { successOf } from "./listed.js";
import {
  type PageBody,
  pageBodyOf,
  type PageMember,
} from "./pagination-body.js";
import {
  declaredPagination,
  type PageInput,
  type PageStyle,
  type PaginationDeclaration,
} from "./pagination-declaration.js";
import { envelopeNames, isOfEnvelope } from "./envelope.js";
import type { PolicyPlace } from "./policy-place.js";
import { numberFacet } from "./schema-fields.js";

export interface Pagination {
  style: PageStyle;
  /** Names of the query parameters. */
  inputs: Partial<Record<PageInput, string>>;
  /** The status whose body is a page. */
  status: number;
  /** Members that lead to the items; empty where the body is the list. */
  items: string[];
  members: PageMember[];
  fixed: PageBody["fixed"];
  /** Items of a page for which the client asks no number. */
  limit: number;
  /** Whether a `Link` header (RFC 8288) goes with each page. */
  link: boolean;
}

const DEFAULT_LIMIT = 20;

/** Usual names of parameters, compared in lower case and without punctuation, the likelier first. */
const USUAL: Record<PageInput, readonly string[]> = {
  cursor: [
    "cursor",
    "after",
    "pagetoken",
    "pagecursor",
    "pageafter",
    "nexttoken",
    "continue",
    "startingafter",
    "nextcursor",
  ],
  limit: [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "maxresults",
    "top",
    "pagelimit",
    "count",
    "maxitems",
  ],
  offset: ["offset", "skip", "start", "pageoffset", "from"],
  page: ["page", "pagenumber", "pageno", "pageindex"],
};

export function buildPagination(
  place: PolicyPlace,
  operation: Operation,
): Pagination | undefined {
  const declared = declaredPagination(place);
  if (declared === undefined) return undefined;
  const { extension } = declared;
  const inherited = extension.level !== "operation";
  const refuse = (what: string, help: string): undefined => {
    // Inherited by operations that are no lists at all, it is not meant for them.
    if (!inherited) place.refuse(extension, what, help);
  };
  const query = operation.params.filter((param) => param.in === "query");
  const inputs = inputsOf(declared, query);
  if (typeof inputs === "string") {
    return refuse(
      `there is no query parameter \`${inputs}\``,
      "clients know only what is declared: add the parameter, or correct the name",
    );
  }
  const style = declared.style ?? styleOf(inputs);
  if (style === undefined || inputs[style] === undefined) {
    return refuse(
      `no query parameter says which page is wanted`,
      "declare a parameter `cursor`, `offset` or `page`, or name yours in `inputs`",
    );
  }
  const answer = successOf(operation);
  const schema = answer?.media[0]?.schema;
  const body =
    schema &&
    pageBodyOf(schema, declared.outputs, style === "cursor", place.models);
  if (!answer || !body || typeof answer.status !== "number") {
    return refuse(
      "no JSON answer with one status of success has a list of items where it should be",
      "declare a list, or an object with one, or name the place in `outputs.items`",
    );
  }
  const names = envelopeNames(place.nearest("x-envelope"));
  const [unknown] = body.unknown.filter(
    (at) => !isOfEnvelope(at, schema, names?.meta, place),
  );
  if (unknown !== undefined) {
    return refuse(
      `nothing is known that could be written to the required member \`${unknown.join(".")}\``,
      "give it a `default` or a `const`, make it optional, or leave the page to the handler",
    );
  }
  const limit = settleLimit(declared, query, inputs.limit, place);
  const needed: PageInput[] = [style, "limit"];
  answer.paged = pagedAnswer(declared, body, style);
  return {
    style,
    inputs: Object.fromEntries(
      needed.flatMap((name) => {
        const parameter = inputs[name];
        return parameter === undefined ? [] : [[name, parameter]];
      }),
    ),
    status: answer.status,
    items: body.items.map(({ name }) => name),
    members: body.members,
    fixed: body.fixed,
    limit,
    link: declared.link ?? true,
  };
}

/** The name of a declared parameter that does not exist, or all that were found. */
function inputsOf(
  { inputs }: PaginationDeclaration,
  query: readonly Param[],
): PaginationDeclaration["inputs"] | string {
  const found: PaginationDeclaration["inputs"] = {};
  for (const input of ["cursor", "limit", "offset", "page"] as const) {
    const named = inputs[input];
    if (named !== undefined) {
      if (!query.some(({ name }) => name === named)) return named;
      found[input] = named;
      continue;
    }
    const usual = USUAL[input]
      .map((word) =>
        query.find(
          ({ name }) => name.toLowerCase().replace(/[^a-z]/g, "") === word,
        ),
      )
      .find((param) => param !== undefined);
    if (usual !== undefined) found[input] = usual.name;
  }
  return found;
}

function styleOf(
  inputs: PaginationDeclaration["inputs"],
): PageStyle | undefined {
  return (["cursor", "page", "offset"] as const).find(
    (style) => inputs[style] !== undefined,
  );
}

/**
 * The reader enforces what the parameter's schema says, so limits that only the extension gives are written there.
 * Gives the number of items that a client gets who does not ask.
 */
function settleLimit(
  { defaultLimit, maxLimit }: PaginationDeclaration,
  query: readonly Param[],
  name: string | undefined,
  { models }: PolicyPlace,
): number {
  const param = query.find((each) => each.name === name);
  if (param === undefined) return defaultLimit ?? DEFAULT_LIMIT;
  const { schema } = param;
  // A parameter of components is shared by operations that may have other limits.
  const own = { ...schema };
  param.schema = own;
  const max = numberFacet(schema, models, "max");
  if (maxLimit !== undefined && (max === undefined || max > maxLimit)) {
    own.number = { ...schema.number, max: maxLimit };
  }
  const written = numberFacet(schema, models, "default");
  if (written !== undefined) return written;
  const most = Math.min(max ?? Infinity, maxLimit ?? Infinity);
  const limit = Math.min(defaultLimit ?? DEFAULT_LIMIT, most);
  own.default = limit;
  return limit;
}

function pagedAnswer(
  { count }: PaginationDeclaration,
  { items, members }: PageBody,
  style: PageStyle,
): PagedAnswer {
  const total = members.find(
    ({ fact }) => fact === "total" || fact === "totalPages",
  );
  const isNeeded = total !== undefined && total.otherwise === undefined;
  const wanted = count ?? (isNeeded ? "exact" : "none");
  if (style === "cursor") {
    return {
      items,
      next: "cursor",
      total: total ? (isNeeded ? "required" : "optional") : "none",
    };
  }
  if (wanted === "exact" || isNeeded)
    return { items, next: "none", total: "required" };
  return { items, next: "more", total: "optional" };
}
