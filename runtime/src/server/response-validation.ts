/** Room `server`: answers against the contract, for routers that ask for it (`validateResponses`). Loaded by these only. */
import { IssueList } from "../check/issue-list.js";
import type { HandlerResponse } from "../contract/policy.js";
import type { Route } from "../contract/route.js";
import type { ResponseChecks } from "../contract/sent-answer.js";
import type { WireResponse } from "../contract/wire-response.js";
import { Problem } from "../errors/problem.js";
import { validationProblem } from "../errors/validation.js";
import { droppedMembers } from "../write/dropped-members.js";
import type { Service } from "./endpoint.js";

/** Looks at an answer that is ready to be sent; `type` is the declared media type. Throws where the router says so. */
export type ResponseValidator = (
  given: HandlerResponse,
  type: string | undefined,
  wire: WireResponse,
) => void;

/** `name` is the operation's export in its group's module. Nothing where the output has no checks. */
export async function responseValidator(
  route: Route,
  name: string,
  service: Service,
): Promise<ResponseValidator | undefined> {
  if (route.checks === undefined) return undefined;
  const checks = checksIn(await route.checks());
  const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
  const nameDropped = service.development
    ? droppedNamer(route.id, service)
    : undefined;
  return (given, type, wire) => {
    const body = contentOf(wire);
    nameDropped?.(given, body, wire);
    if (check === undefined) return;
    const issues = new IssueList(service.issueLimit);
    const headers: [string, unknown][] = Object.entries(
      given.headers ?? {},
    ).map(([header, value]) => [header.toLowerCase(), value]);
    check(
      { status: wire.status, type, body, headers: Object.fromEntries(headers) },
      issues,
    );
    if (issues.size > 0) report(route.id, wire.status, issues, service);
  };
}

/** The module is generated; what it exports has this type there. */
function checksIn(module: object): ResponseChecks {
  if (!isChecksModule(module)) {
    throw new Error("the generated module exports no checks of answers");
  }
  return module.checks;
}

function isChecksModule(
  module: object,
): module is { readonly checks: ResponseChecks } {
  return (
    "checks" in module &&
    typeof module.checks === "object" &&
    module.checks !== null
  );
}

/** As the client will read it. */
function contentOf({ type, body }: WireResponse): unknown {
  return isJson(type) && typeof body === "string" ? JSON.parse(body) : body;
}

function isJson(type: string | undefined): boolean {
  return type !== undefined && /[/+]json\s*(?:;|$)/i.test(type);
}

/** In development the client is told what is wrong; elsewhere only the log is, since clients have no business with it. */
function report(
  operationId: string,
  status: number,
  issues: IssueList,
  { logger, development, validateResponses }: Service,
): void {
  const message = `the ${status} answer of ${operationId} breaks its contract`;
  const { items, size, cap } = issues;
  const { errors } = validationProblem(500, items, size > cap).fields;
  if (validateResponses === "log") {
    logger.error(message, { operationId, status, errors });
    return;
  }
  const places = items.map(({ at, code }) => `${at} (${code})`).join(", ");
  const cause = new Error(`${message}: ${places}`);
  if (!development) throw cause;
  throw new Problem(500, { detail: message, operationId, errors }, { cause });
}

/** Each place is named once, not with every answer. */
function droppedNamer(operationId: string, { logger }: Service) {
  const known = new Set<string>();
  return (
    given: HandlerResponse,
    body: unknown,
    { type, headers }: WireResponse,
  ): void => {
    const members = isJson(type) ? droppedMembers(given.body, body) : [];
    const sent = new Set(Object.keys(headers ?? {}).map(lower));
    const fields = Object.keys(given.headers ?? {}).filter(
      (name) => !sent.has(lower(name)) && lower(name) !== "content-type",
    );
    const fresh = [
      ...members.map((pointer) => `body ${pointer}`),
      ...fields.map((name) => `header ${lower(name)}`),
    ].filter((place) => {
      const general = place.replace(/\/\d+(?=\/|$)/g, "/*");
      if (known.has(general) || known.size >= MAX_NAMED) return false;
      known.add(general);
      return true;
    });
    if (fresh.length === 0) return;
    logger.warn(
      `the answer of ${operationId} had what its contract does not declare, and was sent without: ${fresh.join(", ")}`,
      { operationId, dropped: fresh },
    );
  };
}

const MAX_NAMED = 1_000;

function lower(name: string): string {
  return name.toLowerCase();
}
