/** Room `storage`: customers, their sessions and preferences. */
import type {
  Customer,
  CustomerPatch,
  Preferences,
} from "../../../generated/index.js";
import { only, type Database } from "./database.js";
import { json, list, sql, type Sql } from "./sql.js";

/** A customer as stored, with what only the application may see. */
export interface Account {
  customer: Customer;
  passwordHash: string;
}

interface AccountRow {
  id: string;
  email: string;
  name: string;
  phone: string | null;
  password_hash: string;
  created_at: string;
}

const COLUMNS = sql`id, email, name, phone, password_hash, created_at`;

/** Breaks `customers_email_key` when the address has an account. Case of addresses does not count. */
export async function insertCustomer(
  database: Database,
  customer: {
    email: string;
    name: string;
    phone?: string | null | undefined;
    passwordHash: string;
  },
): Promise<Customer> {
  const row = only(
    await database.query<AccountRow>(sql`
    insert into customers (email, name, phone, password_hash)
    values (lower(${customer.email}), ${customer.name},
      ${customer.phone ?? null}, ${customer.passwordHash})
    returning ${COLUMNS}`),
  );
  return toAccount(row).customer;
}

export async function findAccount(
  database: Database,
  by: { id: string } | { email: string },
): Promise<Account | undefined> {
  const where =
    "id" in by ? sql`id = ${by.id}` : sql`email = lower(${by.email})`;
  const [row] = await database.query<AccountRow>(
    sql`select ${COLUMNS} from customers where ${where}`,
  );
  return row && toAccount(row);
}

export async function patchCustomer(
  database: Database,
  id: string,
  patch: Omit<CustomerPatch, "password">,
  passwordHash: string | undefined,
): Promise<Customer | undefined> {
  const changes: Sql[] = [];
  if (patch.name !== undefined) changes.push(sql`name = ${patch.name}`);
  if (patch.phone !== undefined) changes.push(sql`phone = ${patch.phone}`);
  if (passwordHash !== undefined) {
    changes.push(sql`password_hash = ${passwordHash}`);
  }
  if (changes.length > 0) {
    await database.query(
      sql`update customers set ${list(changes)} where id = ${id}`,
    );
  }
  return (await findAccount(database, { id }))?.customer;
}

export async function readPreferences(
  database: Database,
  id: string,
): Promise<Preferences> {
  const [row] = await database.query<{ preferences: Preferences }>(
    sql`select preferences from customers where id = ${id}`,
  );
  return row?.preferences ?? {};
}

export async function replacePreferences(
  database: Database,
  id: string,
  preferences: Preferences,
): Promise<void> {
  await database.query(sql`
    update customers set preferences = ${json(preferences)}::jsonb
    where id = ${id}`);
}

/** Only the hash of a token is stored. Gives the moment the session ends. */
export async function insertSession(
  database: Database,
  customerId: string,
  tokenHash: string,
): Promise<string> {
  await database.query(sql`delete from sessions where expires_at < now()`);
  const row = only(
    await database.query<{ expires_at: string }>(sql`
    insert into sessions (token_hash, customer_id, expires_at)
    values (${tokenHash}, ${customerId}, now() + interval '1 day')
    returning expires_at`),
  );
  return row.expires_at;
}

/** Id of the customer whose session it is, while it lasts. */
export async function findSession(
  database: Database,
  tokenHash: string,
): Promise<string | undefined> {
  const [row] = await database.query<{ customer_id: string }>(sql`
    select customer_id from sessions
    where token_hash = ${tokenHash} and expires_at > now()`);
  return row?.customer_id;
}

function toAccount(row: AccountRow): Account {
  return {
    customer: {
      id: row.id,
      email: row.email,
      name: row.name,
      phone: row.phone,
      createdAt: row.created_at,
    },
    passwordHash: row.password_hash,
  };
}
