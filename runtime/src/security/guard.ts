/** Room `security`: decides who may call an operation: OR over alternatives, AND within one. */
import type { RouterContext } from "@koa/router";
import type {
  AuthenticationContext,
  SecurityRequirement,
  SecuritySchemes,
  SecurityScheme,
} from "../contract/security.js";
import type { SecurityEventName } from "../contract/security-event.js";
import { Problem, problem } from "../errors/problem.js";
import { challengeOf, type Realm } from "./challenges.js";
import { credentialOf } from "./credentials.js";
import { isAmbient, type IsForged } from "./csrf.js";

/** An authenticator, whatever its credential. */
export type AnyAuthenticator = (
  credential: unknown,
  context: AuthenticationContext,
) => unknown;

/** Writes an event of one request. */
export type Report = (
  ctx: RouterContext,
  event: SecurityEventName,
  operationId: string | undefined,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** What all guards of one router share. */
export interface GuardSetting {
  readonly schemes: SecuritySchemes;
  readonly authenticators: ReadonlyMap<string, AnyAuthenticator>;
  readonly realm: Realm;
  /** `undefined`: the check is turned off. */
  readonly isForged: IsForged | undefined;
  readonly report: Report;
}

interface Check {
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly scopes: readonly string[];
  readonly verify: AnyAuthenticator;
  readonly ambient: boolean;
}

/** What the pipeline asks of a secured operation. */
export interface Guard {
  /** Resolves to the handler's `principal`; throws 401 or 403. `note` learns which alternative held. */
  admit(ctx: RouterContext, note?: Note): Promise<unknown>;
}

/** Who wants to know what let a request in. */
export interface Note {
  granted: SecurityRequirement | undefined;
}

/** What one request has met so far. */
interface Findings {
  /** Whose credential was refused, and why where that may be told. */
  readonly refused: Map<Check, string | undefined>;
  forbidden: { problem: Problem; checks: readonly Check[] } | undefined;
  forged: boolean;
}

/** `undefined` for an open operation. */
export function createGuard(
  operationId: string,
  requirements: readonly SecurityRequirement[] | undefined,
  setting: GuardSetting,
): Guard | undefined {
  if (requirements === undefined || requirements.length === 0) return undefined;
  const { schemes, authenticators } = setting;
  const alternatives = requirements.map((requirement) =>
    Object.entries(requirement).map(([name, scopes]): Check => {
      const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
      const verify = authenticators.get(name);
      if (scheme === undefined || verify === undefined) {
        throw new Error(`no security scheme or authenticator named ${name}`);
      }
      return { name, scheme, scopes, verify, ambient: isAmbient(scheme) };
    }),
  );
  if (alternatives.every((checks) => checks.length === 0)) {
    return { admit: () => Promise.resolve(undefined) };
  }
  return {
    admit: (ctx, note) => admit(ctx, operationId, alternatives, setting, note),
  };
}

async function admit(
  ctx: RouterContext,
  operationId: string,
  alternatives: readonly (readonly Check[])[],
  setting: GuardSetting,
  note: Note | undefined,
): Promise<unknown> {
  const findings: Findings = {
    refused: new Map(),
    forbidden: undefined,
    forged: false,
  };
  for (const checks of alternatives) {
    if (checks.length === 0) continue;
    try {
      const admitted = await satisfy(
        ctx,
        operationId,
        checks,
        findings,
        setting,
      );
      if (admitted === undefined) continue;
      if (note !== undefined) note.granted = requirementOf(checks);
      return admitted.principal;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 403) throw error;
      findings.forbidden ??= { problem: error, checks };
    }
  }
  const { refused, forbidden, forged } = findings;
  if (forbidden !== undefined) {
    setting.report(ctx, "authz_fail", operationId, {
      schemes: forbidden.checks.map(({ name }) => name),
    });
    throw withScopes(forbidden.problem, forbidden.checks, setting.realm);
  }
  if (forged) {
    setting.report(ctx, "csrf_fail", operationId, {
      origin: ctx.req.headers.origin,
    });
    throw problem.forbidden({
      detail: "a request from another site cannot use these credentials",
    });
  }
  // Anonymous requests may come in where `{}` says so; a credential that is wrong is told so all the same.
  const anonymous = alternatives.some((checks) => checks.length === 0);
  if (anonymous && refused.size === 0) return undefined;
  setting.report(ctx, "authn_fail", operationId, {
    reason: refused.size > 0 ? "refused" : "missing",
    ...(refused.size > 0 && {
      schemes: [...refused.keys()].map(({ name }) => name),
    }),
  });
  throw unauthorized(alternatives, refused, setting.realm);
}

function requirementOf(checks: readonly Check[]): SecurityRequirement {
  return Object.fromEntries(checks.map(({ name, scopes }) => [name, scopes]));
}

/** All schemes of one alternative, in order; `undefined` as soon as one does not hold. */
async function satisfy(
  ctx: RouterContext,
  operationId: string,
  checks: readonly Check[],
  findings: Findings,
  { isForged, report }: GuardSetting,
): Promise<{ principal: unknown } | undefined> {
  const principals: [string, unknown][] = [];
  let single: unknown;
  for (const check of checks) {
    const { name, scheme, scopes } = check;
    const credential = credentialOf(scheme, ctx.req);
    if (credential === undefined) return undefined;
    if (check.ambient && isForged?.(ctx.req) === true) {
      findings.forged = true;
      return undefined;
    }
    let principal: unknown = null;
    let reason: string | undefined;
    try {
      principal = await check.verify(credential, {
        scopes,
        operationId,
        ctx,
        name,
        scheme,
        report: (event, fields) =>
          report(ctx, event, operationId, { scheme: name, ...fields }),
      });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      reason = error.fields.detail;
    }
    if (principal === null || principal === undefined) {
      findings.refused.set(check, reason);
      return undefined;
    }
    principals.push([name, principal]);
    single = principal;
  }
  // A scheme may be called `__proto__`, which an assignment would take for the prototype.
  return {
    principal: checks.length === 1 ? single : Object.fromEntries(principals),
  };
}

function unauthorized(
  alternatives: readonly (readonly Check[])[],
  refused: ReadonlyMap<Check, string | undefined>,
  realm: Realm,
): Problem {
  const challenges = new Set<string>();
  for (const check of alternatives.flat()) {
    const error = refused.has(check)
      ? { code: "invalid_token" as const, description: refused.get(check) }
      : undefined;
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
  realm: Realm,
): Problem {
  if ("WWW-Authenticate" in thrown.headers) return thrown;
  const challenges = checks.flatMap(({ scheme, scopes }) => {
    const text = challengeOf(scheme, realm, scopes, {
      code: "insufficient_scope",
    });
    return text?.startsWith("Bearer ") === true ? [text] : [];
  });
  if (challenges.length === 0) return thrown;
  return new Problem(thrown.status, thrown.fields, {
    ...(thrown.cause === undefined ? {} : { cause: thrown.cause }),
    headers: { ...thrown.headers, "WWW-Authenticate": challenges },
  });
}
