/** Room `security`: takes the credential of one scheme out of a request. */
import type { IncomingMessage } from "node:http";
import type { BasicCredential, SecurityScheme } from "../contract/security.js";

/** What `mutualTLS` gives: the subject's certificate, as the TLS socket has verified it. */
type Certificate = object;

export type Credential = string | BasicCredential | Certificate;

/** `undefined` when the request carries none of that kind; a malformed one counts as none. */
export function credentialOf(
  scheme: SecurityScheme,
  req: IncomingMessage,
): Credential | undefined {
  switch (scheme.kind) {
    case "apiKey":
      return apiKey(scheme, req);
    case "http":
      return authorization(scheme.scheme.toLowerCase(), req);
    case "oauth2":
    case "openIdConnect":
      return authorization("bearer", req);
    case "mutualTLS":
      return certificate(req.socket);
  }
}

function apiKey(
  scheme: Extract<SecurityScheme, { kind: "apiKey" }>,
  req: IncomingMessage,
): string | undefined {
  switch (scheme.in) {
    case "header":
      return present(req.headers[scheme.parameter.toLowerCase()]);
    case "query": {
      const url = req.url ?? "";
      const mark = url.indexOf("?");
      if (mark === -1) return undefined;
      const query = new URLSearchParams(url.slice(mark + 1));
      const values = query.getAll(scheme.parameter);
      return values.length === 1 ? present(values[0]) : undefined;
    }
    case "cookie":
      return cookie(scheme.parameter, req.headers.cookie ?? "");
  }
}

function cookie(name: string, field: string): string | undefined {
  for (const part of field.split(";")) {
    const equals = part.indexOf("=");
    if (equals !== -1 && part.slice(0, equals).trim() === name) {
      return present(part.slice(equals + 1).trim());
    }
  }
  return undefined;
}

function present(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** RFC 9110 11.4: `scheme SP token68`; the scheme's name in any case. */
function authorization(
  scheme: string,
  req: IncomingMessage,
): string | BasicCredential | undefined {
  const field = req.headers.authorization;
  if (field === undefined) return undefined;
  const space = field.indexOf(" ");
  const name = space === -1 ? field : field.slice(0, space);
  if (name.toLowerCase() !== scheme) return undefined;
  const value = space === -1 ? "" : field.slice(space + 1).trim();
  if (scheme === "basic") return basic(value);
  if (scheme === "bearer") return present(value);
  return field;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** RFC 7617 2: user-id and password in UTF-8, split at the first colon. */
function basic(value: string): BasicCredential | undefined {
  if (!BASE64.test(value)) return undefined;
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function certificate(socket: object): Certificate | undefined {
  if (!("authorized" in socket) || socket.authorized !== true) return undefined;
  if (!("getPeerCertificate" in socket)) return undefined;
  if (typeof socket.getPeerCertificate !== "function") return undefined;
  const peer: unknown = socket.getPeerCertificate();
  return typeof peer === "object" && peer !== null ? peer : undefined;
}
