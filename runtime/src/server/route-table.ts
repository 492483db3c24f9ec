/** Room `server`: the generated route table, checked against handlers and authenticators and made ready to serve. */
import { wallClock } from "../contract/clock.js";
import type {
  CommonOptions,
  Limits,
  OperationMiddleware,
} from "../contract/options.js";
import type { Route } from "../contract/route.js";
import type { Prepared, SecuritySchemes } from "../contract/security.js";
import { stderrLogger } from "../observe/stderr-logger.js";
import { forgeryCheck } from "../security/csrf.js";
import {
  type AnyAuthenticator,
  createGuard,
  type GuardSetting,
} from "../security/guard.js";
import type { CorsOptions } from "../contract/cors.js";
import {
  type AnyHandler,
  createEndpoint,
  type Endpoint,
  type Service,
} from "./endpoint.js";
import { burstCounter, createReport } from "./security-events.js";

/** Options whatever the document's schemes are. */
export interface AnyOptions extends CommonOptions {
  readonly security?: object;
}

const BODY_LIMIT = 1024 * 1024;
const DEPTH_LIMIT = 64;
const ISSUE_LIMIT = 20;
const MEMBER_LIMIT = 50_000;
const PART_LIMIT = 100;
const FILE_LIMIT = 20;
const FIELD_LIMIT = 256 * 1024;
const PART_HEADER_LIMIT = 8 * 1024;

export function createService(
  options: AnyOptions,
  schemes: SecuritySchemes = {},
): Service {
  const limits: Limits = options.limits ?? {};
  const { logger = stderrLogger, now = wallClock, onSecurityEvent } = options;
  const development = process.env["NODE_ENV"] !== "production";
  const report = createReport(logger, now, onSecurityEvent);
  return {
    logger,
    options,
    now,
    shared: new Map(),
    report,
    countInvalid: burstCounter(report, now),
    bodyLimit: limits.body ?? BODY_LIMIT,
    reading: {
      json: {
        depth: limits.depth ?? DEPTH_LIMIT,
        members: limits.members ?? MEMBER_LIMIT,
        unique: options.strictJson ?? false,
      },
      decompress: options.decompress ?? false,
      multipart: {
        parts: limits.parts ?? PART_LIMIT,
        files: limits.files ?? FILE_LIMIT,
        field: limits.field ?? FIELD_LIMIT,
        partHeader: limits.partHeader ?? PART_HEADER_LIMIT,
      },
    },
    issueLimit: limits.issues ?? ISSUE_LIMIT,
    onError: options.onError,
    validateResponses:
      options.validateResponses ?? (development ? "throw" : "off"),
    refusesUnacceptable: options.notAcceptable !== "send",
    unknownQuery: options.unknownQuery ?? "ignore",
    queryKeys: Object.values(schemes).flatMap((scheme) =>
      scheme.kind === "apiKey" && scheme.in === "query"
        ? [scheme.parameter]
        : [],
    ),
    development,
  };
}

/** Endpoints in the order of the table. Throws one error that names everything that is missing. */
export function createEndpoints(
  routes: readonly Route[],
  schemes: SecuritySchemes,
  handlers: object,
  options: AnyOptions,
  service: Service,
  cors: CorsOptions | undefined,
): Endpoint[] {
  const groups = new Map<string, unknown>(Object.entries(handlers));
  const authenticators = authenticatorsOf(options.security ?? {});
  refuseIncomplete(routes, schemes, groups, authenticators, options);
  prepare(authenticators, schemes);
  const setting: GuardSetting = {
    schemes,
    authenticators,
    realm: {
      realm: options.realm ?? "api",
      metadata: options.resourceMetadata,
    },
    isForged:
      options.csrf === false
        ? undefined
        : forgeryCheck([
            ...(options.csrf?.origins ?? []),
            ...trustedOrigins(cors),
          ]),
    report: service.report,
  };
  return routes.map((route) =>
    createEndpoint({
      route,
      service,
      makeGuard: () => createGuard(route.id, route.security, setting),
      use: middlewareOf(route, options),
      handlers: handlersOf(groups.get(route.group)),
    }),
  );
}

function isAuthenticator(value: unknown): value is AnyAuthenticator {
  return typeof value === "function";
}

function authenticatorsOf(security: object): Map<string, AnyAuthenticator> {
  const known = new Map<string, AnyAuthenticator>();
  for (const [name, verify] of Object.entries(security)) {
    if (isAuthenticator(verify)) known.set(name, verify);
  }
  return known;
}

/** Ready-made authenticators say at start what they miss. */
function prepare(
  authenticators: ReadonlyMap<string, AnyAuthenticator>,
  schemes: SecuritySchemes,
): void {
  for (const [name, verify] of authenticators) {
    const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
    if (scheme !== undefined && isPrepared(verify))
      verify.prepare(name, scheme);
  }
}

function isPrepared(verify: object): verify is Prepared {
  return "prepare" in verify && typeof verify.prepare === "function";
}

/** Pages that may bring cookies with CORS may change things with them. */
function trustedOrigins(cors: CorsOptions | undefined): readonly string[] {
  const { credentials = false, origins = [] } = cors ?? {};
  return credentials && origins !== "*" ? origins : [];
}

function isGroup(
  value: unknown,
): value is Readonly<Record<string, AnyHandler | undefined>> {
  return typeof value === "object" && value !== null;
}

function handlersOf(
  group: unknown,
): Readonly<Record<string, AnyHandler | undefined>> {
  return isGroup(group) ? group : {};
}

/** A service that cannot answer what it promises does not start. */
function refuseIncomplete(
  routes: readonly Route[],
  schemes: SecuritySchemes,
  groups: ReadonlyMap<string, unknown>,
  authenticators: ReadonlyMap<string, AnyAuthenticator>,
  options: AnyOptions,
): void {
  const handlers: string[] = [];
  const missing = new Set<string>();
  const undescribed = new Set<string>();
  const known = new Set<string>();
  for (const route of routes) {
    const handler: unknown = handlersOf(groups.get(route.group))[route.id];
    // What every object has is nobody's handler, whatever the operation is called.
    const inherited: unknown = Reflect.get(Object.prototype, route.id);
    if (typeof handler !== "function" || handler === inherited) {
      handlers.push(`${route.group}.${route.id}`);
    }
    for (const name of schemesOf(route)) {
      if (!authenticators.has(name)) missing.add(name);
      if (!Object.hasOwn(schemes, name)) undescribed.add(name);
    }
    if (options.use !== undefined) {
      for (const key of keysOf(route)) known.add(key);
    }
  }
  const unknown = Object.keys(options.use ?? {}).filter(
    (key) => !known.has(key),
  );
  const faults = [
    ...list("missing handlers", handlers),
    ...list("missing authenticators in `security`", [...missing]),
    ...list("security schemes without a description", [...undescribed]),
    ...list("no such operation or tag in `use`", unknown),
  ];
  if (faults.length > 0) throw new Error(faults.join("; "));
}

function schemesOf({ security }: Route): string[] {
  return security === undefined ? [] : security.flatMap(Object.keys);
}

function list(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${title}: ${names.join(", ")}`];
}

/** Keys of `use` that name this route. */
function keysOf({ id, tags = [] }: Route): string[] {
  return [...tags.map((tag) => `tag:${tag}`), id];
}

/** Tags first, in their order, then the operation's own. */
function middlewareOf(
  route: Route,
  { use }: AnyOptions,
): readonly OperationMiddleware[] {
  if (use === undefined) return [];
  return keysOf(route).flatMap((key) =>
    Object.hasOwn(use, key) ? (use[key] ?? []) : [],
  );
}
