/** Room `contract`: the log of security events. Names follow the OWASP logging vocabulary where it has one. */

export type SecurityEventName =
  /** 401: no credential, or one that was refused. */
  | "authn_fail"
  /** 403: a good credential that is not enough. */
  | "authz_fail"
  /** 403: a browser's request from another site with credentials that it adds by itself. */
  | "csrf_fail"
  /** A request of an origin that CORS does not allow. */
  | "malicious_cors"
  /** 429. */
  | "excess_rate_limit_exceeded"
  /** One client's requests break the contract again and again. */
  | "input_validation_burst"
  /** An API key was used. */
  | "key_use"
  /** An operation with `x-audit` was called. */
  | "audit";

/** One event, without any secret: no credential, no header, no query, no body. */
export interface SecurityEvent {
  readonly event: SecurityEventName;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly requestId: string;
  readonly operationId?: string;
  /** The client, as far as trusted proxies tell. */
  readonly address: string;
  readonly method: string;
  /** What depends on the event: `scheme`, `reason`, `keyId`, `status`, `principal`, `origin`. */
  readonly [field: string]: unknown;
}

/** Takes events; what it throws is logged and harms no request. */
export type OnSecurityEvent = (event: SecurityEvent) => void;
