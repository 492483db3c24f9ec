/** Room `storage`: the tables, as a list of steps that only ever grows at its end. */
import type { Database } from "./database.js";
import { sql, type Sql } from "./sql.js";

const STEPS: readonly Sql[] = [
  sql`create table authors (
    id bigint generated always as identity primary key,
    name text not null constraint authors_name_key unique,
    born integer,
    died integer,
    biography text,
    website text,
    contact jsonb,
    created_at timestamptz not null default now()
  )`,
  sql`create table categories (
    slug text primary key,
    name text not null,
    parent text references categories (slug) deferrable initially deferred,
    position integer not null
  )`,
  sql`create table currencies (
    code text primary key,
    per_euro numeric not null check (per_euro > 0)
  )`,
  sql`insert into currencies values ('EUR', 1), ('GBP', 0.86), ('USD', 1.08)`,
  sql`create table books (
    id uuid primary key default gen_random_uuid(),
    isbn text not null constraint books_isbn_key unique,
    title text not null,
    subtitle text,
    category text not null constraint books_category_fkey
      references categories (slug) deferrable initially deferred,
    status text not null,
    published_on date,
    price_amount bigint not null check (price_amount >= 0),
    price_currency text not null references currencies (code),
    formats text[] not null,
    tags text[],
    dimensions jsonb,
    translations jsonb,
    homepage text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  sql`create table book_authors (
    book_id uuid not null references books (id) on delete cascade,
    author_id bigint not null constraint book_authors_author_id_fkey
      references authors (id),
    position integer not null,
    primary key (book_id, author_id)
  )`,
  sql`create index book_authors_by_author on book_authors (author_id)`,
  sql`create table stock (
    book_id uuid not null references books (id) on delete cascade,
    branch text not null,
    copies integer not null check (copies >= 0),
    primary key (book_id, branch)
  )`,
  sql`create table customers (
    id uuid primary key default gen_random_uuid(),
    email text not null constraint customers_email_key unique,
    name text not null,
    phone text,
    password_hash text not null,
    preferences jsonb not null default '{}',
    created_at timestamptz not null default now()
  )`,
  sql`create table sessions (
    token_hash text primary key,
    customer_id uuid not null references customers (id) on delete cascade,
    expires_at timestamptz not null
  )`,
  sql`create table reviews (
    id uuid primary key default gen_random_uuid(),
    book_id uuid not null references books (id) on delete cascade,
    customer_id uuid not null references customers (id) on delete cascade,
    rating numeric(2, 1) not null,
    text text,
    created_at timestamptz not null default now(),
    constraint reviews_once unique (book_id, customer_id)
  )`,
  sql`create table orders (
    id text primary key default
      'ord_' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12),
    customer_id uuid not null references customers (id),
    status text not null default 'placed',
    total_amount bigint not null,
    total_currency text not null references currencies (code),
    ship_to jsonb not null,
    payment jsonb not null,
    gift_message text,
    gift_from text,
    labels jsonb,
    cancel_reason text,
    created_at timestamptz not null default now()
  )`,
  sql`create index orders_by_customer on orders (customer_id, created_at)`,
  sql`create table order_lines (
    order_id text not null references orders (id) on delete cascade,
    position integer not null,
    book_id uuid not null constraint order_lines_book_id_fkey
      references books (id),
    quantity integer not null check (quantity > 0),
    title text not null,
    unit_amount bigint not null,
    unit_currency text not null references currencies (code),
    taken jsonb not null,
    primary key (order_id, position)
  )`,
  sql`create index order_lines_by_book on order_lines (book_id)`,
  sql`create table covers (
    book_id uuid primary key references books (id) on delete cascade,
    png bytea not null
  )`,
  sql`create table subscriptions (
    id uuid primary key default gen_random_uuid(),
    partner text not null,
    url text not null
  )`,
];

/** Any number will do, as long as nobody else takes the same lock in this database. */
const MIGRATION_LOCK = 5_318_008;

/** Takes the steps that the database has not seen yet: all of them or none, and one process at a time. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (inner) => {
    await inner.query(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await inner.query(
      sql`create table if not exists schema_steps (
        step integer primary key,
        taken_at timestamptz not null default now()
      )`,
    );
    const taken = await inner.query<{ step: number }>(
      sql`select step from schema_steps`,
    );
    const seen = new Set(taken.map((row) => row.step));
    for (const [step, statement] of STEPS.entries()) {
      if (seen.has(step)) continue;
      await inner.query(statement);
      await inner.query(sql`insert into schema_steps (step) values (${step})`);
    }
  });
}
