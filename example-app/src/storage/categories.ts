/** Room `storage`: categories, a tree in rows. */
import type { Category } from "../../../generated/index.js";
import type { Database } from "./database.js";
import { sql, type Sql } from "./sql.js";

interface CategoryRow {
  slug: string;
  name: string;
  parent: string | null;
}

/** The categories at the top, each with those below it. */
export async function readCategoryTree(
  database: Database,
): Promise<Category[]> {
  const rows = await database.query<CategoryRow>(
    sql`select slug, name, parent from categories order by position`,
  );
  const bySlug = new Map<string, Category>();
  for (const row of rows) {
    bySlug.set(row.slug, { slug: row.slug, name: row.name });
  }
  const top: Category[] = [];
  for (const row of rows) {
    const category = bySlug.get(row.slug);
    if (category === undefined) continue;
    const parent = row.parent === null ? undefined : bySlug.get(row.parent);
    if (parent === undefined) top.push(category);
    else (parent.children ??= []).push(category);
  }
  return top;
}

/** One category with those below it. */
export async function findCategory(
  database: Database,
  slug: string,
): Promise<Category | undefined> {
  // A list of what is still to look at, so that depth costs no stack.
  const open = await readCategoryTree(database);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.slug === slug) return next;
    open.push(...(next.children ?? []));
  }
  return undefined;
}

/** Thrown when two categories of a tree bear the same slug. */
export class DuplicateSlug extends Error {
  readonly slug: string;
  constructor(slug: string) {
    super(`two categories are called ${slug}`);
    this.name = "DuplicateSlug";
    this.slug = slug;
  }
}

/** Breaks `books_category_fkey` when a book stands in a category that is gone. */
export async function replaceCategoryTree(
  database: Database,
  tree: readonly Category[],
): Promise<void> {
  const rows: CategoryRow[] = [];
  const seen = new Set<string>();
  const open = tree.map((category) => ({
    category,
    parent: null as string | null,
  }));
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { category, parent } = next;
    if (seen.has(category.slug)) throw new DuplicateSlug(category.slug);
    seen.add(category.slug);
    rows.push({ slug: category.slug, name: category.name, parent });
    for (const child of category.children ?? []) {
      open.push({ category: child, parent: category.slug });
    }
  }
  await database.transaction(async (inner) => {
    // The foreign keys are looked at when the transaction commits.
    await inner.query(sql`delete from categories`);
    for (const [position, row] of rows.entries()) {
      await inner.query(sql`
        insert into categories (slug, name, parent, position)
        values (${row.slug}, ${row.name}, ${row.parent}, ${position})`);
    }
    await inner.query(sql`set constraints all immediate`);
  });
}

/** A condition: the column holds this category or one below it. */
export function within(column: Sql, slug: string): Sql {
  return sql`${column} in (
    with recursive below (slug) as (
      select ${slug}::text
      union
      select c.slug from categories c join below b on c.parent = b.slug
    )
    select slug from below)`;
}
