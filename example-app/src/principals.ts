/** Who is calling: the document's security schemes, as people of this shop. */
import type { JwtPrincipal } from "@kontract/runtime/jwt";
import { hashToken, isSameSecret } from "./credentials.js";
import { database } from "./database.js";
import { findSession } from "./storage/customers.js";

export interface Staff {
  role: "staff";
}

export interface SignedIn {
  role: "customer";
  id: string;
}

declare module "@kontract/runtime" {
  interface Principals {
    apiKey: Staff;
    session: SignedIn;
    browser: SignedIn;
    partner: JwtPrincipal;
  }
}

/** The check of the staff's key. */
export function staffKey(wanted: string): (key: string) => Staff | null {
  return (key) => (isSameSecret(key, wanted) ? { role: "staff" } : null);
}

/** The check of a customer's token. */
export async function customerSession(token: string): Promise<SignedIn | null> {
  const id = await findSession(database(), hashToken(token));
  return id === undefined ? null : { role: "customer", id };
}
