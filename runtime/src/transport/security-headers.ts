/** Room `transport`: header fields that tell browsers how little an API needs (OWASP REST Security Cheat Sheet). */

/** Each field may be given another value, or `false` to be left out. */
export interface SecurityHeaders {
  /** `default-src 'none'; frame-ancestors 'none'`. */
  readonly contentSecurityPolicy?: string | false;
  /** `same-origin`; `cross-origin` for what pages of others embed. */
  readonly crossOriginResourcePolicy?: string | false;
  /** `no-referrer`. */
  readonly referrerPolicy?: string | false;
  /** `max-age=31536000; includeSubDomains`, over TLS only (RFC 6797 7.2). */
  readonly strictTransportSecurity?: string | false;
  /** `nosniff`; `false` leaves it out. */
  readonly contentTypeOptions?: "nosniff" | false;
}

/** The fields as names and values, and as text that is put behind a finished head. */
export interface HeaderBlock {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly text: string;
}

export interface HeaderBlocks {
  readonly plain: HeaderBlock;
  readonly secure: HeaderBlock;
}

/** Throws for values that no field may have. */
export function headerBlocks(headers: SecurityHeaders): HeaderBlocks {
  const plain: [string, string | false][] = [
    [
      "Content-Security-Policy",
      headers.contentSecurityPolicy ??
        "default-src 'none'; frame-ancestors 'none'",
    ],
    [
      "Cross-Origin-Resource-Policy",
      headers.crossOriginResourcePolicy ?? "same-origin",
    ],
    ["Referrer-Policy", headers.referrerPolicy ?? "no-referrer"],
    ["X-Content-Type-Options", headers.contentTypeOptions ?? "nosniff"],
  ];
  const transport: [string, string | false] = [
    "Strict-Transport-Security",
    headers.strictTransportSecurity ?? "max-age=31536000; includeSubDomains",
  ];
  return { plain: block(plain), secure: block([...plain, transport]) };
}

function block(given: readonly [string, string | false][]): HeaderBlock {
  const fields = given.flatMap(([name, value]): [string, string][] => {
    if (value === false) return [];
    if (!/^[\x20-\x7e]+$/.test(value)) {
      throw new Error(
        `securityHeaders: ${name} has a value that none may have`,
      );
    }
    return [[name, value]];
  });
  return {
    fields,
    text: fields.map(([name, value]) => `${name}: ${value}\r\n`).join(""),
  };
}
