/** Room `security`: decides who may call an operation: OR over alternatives, AND within one. */
import type { RouterContext } from "@koa/router";
import type {
  AuthenticationContext,
  SecurityRequirement,
  SecuritySchemes,
  SecurityScheme,
} from "../contract/security.js";
import { Problem, problem } from "../errors/problem.js";
import { challengeOf } from "./challenges.js";
import { credentialOf } from "./credentials.js";

/** An authenticator, whatever its credential. */
export type AnyAuthenticator = (
  credential: unknown,
  context: AuthenticationContext,
) => unknown;

interface Check {
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly scopes: readonly string[];
  readonly verify: AnyAuthenticator;
}

/** What the pipeline asks of a secured operation. */
export interface Guard {
  /** Resolves to the handler's `principal`; throws 401 or 403. */
  admit(ctx: RouterContext): Promise<unknown>;
}

/** `undefined` for an open operation. */
export function createGuard(
  operationId: string,
  requirements: readonly SecurityRequirement[] | undefined,
  schemes: SecuritySchemes,
  authenticators: ReadonlyMap<string, AnyAuthenticator>,
  realm: string,
): Guard | undefined {
  if (requirements === undefined || requirements.length === 0) return undefined;
  const alternatives = requirements.map((requirement) =>
    Object.entries(requirement).map(([name, scopes]): Check => {
      const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
      const verify = authenticators.get(name);
      if (scheme === undefined || verify === undefined) {
        throw new Error(`no security scheme or authenticator named ${name}`);
      }
      return { name, scheme, scopes, verify };
    }),
  );
  if (alternatives.every((checks) => checks.length === 0)) {
    return { admit: () => Promise.resolve(undefined) };
  }
  return {
    admit: (ctx) => admit(ctx, operationId, alternatives, realm),
  };
}

async function admit(
  ctx: RouterContext,
  operationId: string,
  alternatives: readonly (readonly Check[])[],
  realm: string,
): Promise<unknown> {
  const refused = new Set<Check>();
  let forbidden: { problem: Problem; checks: readonly Check[] } | undefined;
  for (const checks of alternatives) {
    if (checks.length === 0) continue;
    try {
      const admitted = await satisfy(ctx, operationId, checks, refused);
      if (admitted !== undefined) return admitted.principal;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 403) throw error;
      forbidden ??= { problem: error, checks };
    }
  }
  if (forbidden !== undefined) {
    throw withScopes(forbidden.problem, forbidden.checks, realm);
  }
  // Anonymous requests may come in where `{}` says so; a credential that is wrong is told so all the same.
  const anonymous = alternatives.some((checks) => checks.length === 0);
  if (anonymous && refused.size === 0) return undefined;
  throw unauthorized(alternatives, refused, realm);
}

/** All schemes of one alternative, in order; `undefined` as soon as one does not hold. */
async function satisfy(
  ctx: RouterContext,
  operationId: string,
  checks: readonly Check[],
  refused: Set<Check>,
): Promise<{ principal: unknown } | undefined> {
  const principals: Record<string, unknown> = {};
  let single: unknown;
  for (const check of checks) {
    const credential = credentialOf(check.scheme, ctx.req);
    if (credential === undefined) return undefined;
    const principal = await check.verify(credential, {
      scopes: check.scopes,
      operationId,
      ctx,
    });
    if (principal === null || principal === undefined) {
      refused.add(check);
      return undefined;
    }
    principals[check.name] = principal;
    single = principal;
  }
  return { principal: checks.length === 1 ? single : principals };
}

function unauthorized(
  alternatives: readonly (readonly Check[])[],
  refused: ReadonlySet<Check>,
  realm: string,
): Problem {
  const challenges = new Set<string>();
  for (const check of alternatives.flat()) {
    const error = refused.has(check) ? "invalid_token" : undefined;
    const text = challengeOf(check.scheme, realm, check.scopes, error);
    if (text !== undefined) challenges.add(text);
  }
  const detail =
    refused.size > 0
      ? "the credentials were not accepted"
      : "credentials are required";
  return problem.unauthorized(
    { detail },
    challenges.size > 0
      ? { headers: { "WWW-Authenticate": [...challenges] } }
      : {},
  );
}

/** RFC 6750 3.1: a valid token that does not reach far enough is told how far it would have to. */
function withScopes(
  thrown: Problem,
  checks: readonly Check[],
  realm: string,
): Problem {
  if ("WWW-Authenticate" in thrown.headers) return thrown;
  const challenges = checks.flatMap(({ scheme, scopes }) => {
    const text = challengeOf(scheme, realm, scopes, "insufficient_scope");
    return text?.startsWith("Bearer ") === true ? [text] : [];
  });
  if (challenges.length === 0) return thrown;
  return new Problem(thrown.status, thrown.fields, {
    ...(thrown.cause === undefined ? {} : { cause: thrown.cause }),
    headers: { ...thrown.headers, "WWW-Authenticate": challenges },
  });
}
