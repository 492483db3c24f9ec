/** Room `server`: one route with what was made for it at start: its guard, its middleware, its handlers. */
import type { RouterContext } from "@koa/router";
import type { Logger } from "../contract/logger.js";
import type {
  CommonOptions,
  OperationMiddleware,
  UnknownQuery,
} from "../contract/options.js";
import type { Policy, PolicyContext } from "../contract/policy.js";
import type { Route } from "../contract/route.js";
import { requestIdOf } from "../observe/request-id.js";
import type { Guard, Report } from "../security/guard.js";
import { type BoundOperation, bindOperation } from "./bound-operation.js";
import type { ReadRules } from "./decode-body.js";
import { bindPolicies } from "./policy-rooms.js";
import { parseTemplate, type PathTemplate } from "./path-template.js";

/** What all endpoints of one router share. */
export interface Service {
  readonly logger: Logger;
  /** As the user gave them: rooms of policies look for their own. */
  readonly options: CommonOptions;
  readonly now: () => number;
  /** What the policies of several operations share, by key. */
  readonly shared: Map<string, unknown>;
  readonly bodyLimit: number;
  readonly reading: ReadRules;
  readonly issueLimit: number;
  readonly onError: CommonOptions["onError"];
  readonly validateResponses: "off" | "log" | "throw";
  /** Whether a client that accepts none of the declared types is refused. */
  readonly refusesUnacceptable: boolean;
  readonly unknownQuery: UnknownQuery;
  /** API keys that are sent in the query: no operation declares them as parameters. */
  readonly queryKeys: readonly string[];
  /** Whether to complain about what production only maps. */
  readonly development: boolean;
  readonly report: Report;
  /** Told of each request that breaks the contract. */
  readonly countInvalid: (ctx: RouterContext, operationId: string) => void;
}

/** A handler of whatever operation. */
export type AnyHandler = (input: object) => unknown;

export interface Endpoint {
  readonly route: Route;
  readonly template: PathTemplate;
  readonly service: Service;
  readonly guard: Guard | undefined;
  readonly use: readonly OperationMiddleware[];
  /** The user's object; looked into at each call, so that it may be a mock. */
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>;
  /** Set once the group's module is there. */
  bound: BoundOperation | undefined;
  /** Layers around the handler, outermost first; set with `bound` where the operation has any. */
  policies: readonly Policy[] | undefined;
  load(): Promise<BoundOperation>;
}

/** What is made of a route with its first request only. */
interface Parts extends Pick<
  Endpoint,
  "route" | "service" | "handlers" | "use"
> {
  readonly makeGuard: () => Guard | undefined;
}

export function createEndpoint(parts: Parts): Endpoint {
  const { route, service, makeGuard } = parts;
  let template: PathTemplate | undefined;
  let guard: Guard | undefined | null = null;
  let loading: Promise<BoundOperation> | undefined;
  const endpoint: Endpoint = {
    route,
    service,
    handlers: parts.handlers,
    use: parts.use,
    get template() {
      return (template ??= parseTemplate(route.path));
    },
    get guard() {
      if (guard === null) guard = makeGuard();
      return guard;
    },
    bound: undefined,
    policies: undefined,
    load() {
      loading ??= bind().catch((error: unknown) => {
        // A failed import is tried again with the next request.
        loading = undefined;
        throw error;
      });
      return loading;
    },
  };
  async function bind(): Promise<BoundOperation> {
    const module = await route.load();
    const name = route.export ?? route.id;
    const bound = bindOperation(module, name, service.bodyLimit);
    if (service.validateResponses !== "off") {
      const { responseValidator } = await import("./response-validation.js");
      bound.validate = await responseValidator(route, name, service);
    }
    const { policies } = bound.operation;
    if (policies !== undefined) {
      endpoint.policies = await bindPolicies(
        policies,
        policyContext(route, service),
      );
    }
    endpoint.bound = bound;
    return bound;
  }
  return endpoint;
}

function policyContext(
  { id, method, path }: Route,
  { options, logger, now, shared, report }: Service,
): PolicyContext {
  return {
    operationId: id,
    method,
    path,
    options,
    logger,
    now,
    requestIdOf: ({ req }) => requestIdOf(req),
    report: (ctx, event, fields) => report(ctx, event, id, fields),
    shared<Value>(key: string, make: () => Value): Value {
      if (!shared.has(key)) shared.set(key, make());
      // Each key has one maker, in the room that owns the key.
      return shared.get(key) as Value;
    },
  };
}
