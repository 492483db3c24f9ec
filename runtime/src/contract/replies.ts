/** Room `contract`: makes the constant `reply` object of one operation. */

interface Extra {
  headers?: object;
  type?: string;
}

interface Literal extends Extra {
  status: number;
  body?: unknown;
}

function literal(status: number, body: unknown, extra?: Extra): Literal {
  if (extra !== undefined) {
    return body === undefined
      ? { status, ...extra }
      : { status, body, ...extra };
  }
  return body === undefined ? { status } : { status, body };
}

/** `replies({ ok: 200 })` has the methods `ok(body?, extra?)` and `status(code, body?, extra?)`; each returns a plain literal. */
export function replies<Reply extends object>(
  statuses: Readonly<Record<string, number>>,
): Reply;
export function replies(statuses: Readonly<Record<string, number>>): object {
  const methods: Record<string, unknown> = { status: literal };
  for (const [name, status] of Object.entries(statuses)) {
    methods[name] = (body: unknown, extra?: Extra) =>
      literal(status, body, extra);
  }
  return Object.freeze(methods);
}
