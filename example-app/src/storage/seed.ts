/** Room `storage`: the first stock of a new shop. */
import type { Database } from "./database.js";
import { json, sql } from "./sql.js";

const CATEGORIES = [
  { slug: "fiction", name: "Fiction", parent: null },
  { slug: "novels", name: "Novels", parent: "fiction" },
  { slug: "science-fiction", name: "Science fiction", parent: "fiction" },
  { slug: "poetry", name: "Poetry", parent: null },
  { slug: "non-fiction", name: "Non-fiction", parent: null },
  { slug: "science", name: "Science", parent: "non-fiction" },
] as const;

const AUTHORS = [
  { name: "Jane Austen", born: 1775, died: 1817 },
  { name: "Mary Shelley", born: 1797, died: 1851 },
  { name: "H. G. Wells", born: 1866, died: 1946 },
  { name: "Charles Darwin", born: 1809, died: 1882 },
  { name: "Jules Verne", born: 1828, died: 1905 },
] as const;

const BOOKS = [
  {
    id: "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01",
    isbn: "9780141439518",
    title: "Pride and Prejudice",
    author: "Jane Austen",
    category: "novels",
    published: "1813-01-28",
    cents: 999,
    formats: ["paperback", "ebook"],
    tags: ["classic", "romance"],
    stock: { BER: 7, PAR: 5 },
  },
  {
    id: "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d02",
    isbn: "9780141439471",
    title: "Frankenstein",
    author: "Mary Shelley",
    category: "science-fiction",
    published: "1818-01-01",
    cents: 849,
    formats: ["paperback", "audio"],
    tags: ["classic", "gothic"],
    stock: { BER: 4 },
  },
  {
    id: "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d03",
    isbn: "9780141439976",
    title: "The Time Machine",
    author: "H. G. Wells",
    category: "science-fiction",
    published: "1895-05-07",
    cents: 749,
    formats: ["hardcover", "ebook"],
    tags: ["classic"],
    stock: { PAR: 3 },
  },
  {
    id: "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d04",
    isbn: "9780140439120",
    title: "On the Origin of Species",
    author: "Charles Darwin",
    category: "science",
    published: "1859-11-24",
    cents: 1299,
    formats: ["hardcover"],
    tags: ["classic", "biology"],
    stock: { BER: 2, LON: 6 },
  },
  {
    id: "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d05",
    isbn: "9780140620252",
    title: "Journey to the Centre of the Earth",
    author: "Jules Verne",
    category: "science-fiction",
    published: "1864-11-25",
    cents: 899,
    formats: ["paperback", "ebook", "audio"],
    tags: ["classic", "adventure"],
    stock: {},
  },
] as const;

/** Fills an empty shop; a shop that has categories is left alone. */
export async function seed(database: Database): Promise<void> {
  await database.transaction(async (inner) => {
    // Two processes that start together must not both find the shop empty.
    await inner.query(sql`lock table categories in share row exclusive mode`);
    const taken = await inner.query(sql`select slug from categories limit 1`);
    if (taken.length > 0) return;
    for (const [position, each] of CATEGORIES.entries()) {
      await inner.query(sql`
        insert into categories (slug, name, parent, position)
        values (${each.slug}, ${each.name}, ${each.parent}, ${position})`);
    }
    for (const each of AUTHORS) {
      await inner.query(sql`
        insert into authors (name, born, died)
        values (${each.name}, ${each.born}, ${each.died})`);
    }
    for (const each of BOOKS) await insertBook(inner, each);
  });
}

async function insertBook(
  database: Database,
  book: (typeof BOOKS)[number],
): Promise<void> {
  await database.query(sql`
    insert into books (id, isbn, title, category, status, published_on,
      price_amount, price_currency, formats, tags)
    values (${book.id}, ${book.isbn}, ${book.title}, ${book.category},
      'in-print', ${book.published}, ${book.cents}, 'EUR',
      ${book.formats}, ${book.tags})`);
  await database.query(sql`
    insert into book_authors (book_id, author_id, position)
    select ${book.id}, id, 0 from authors
    where name = ${book.author}`);
  await database.query(sql`
    insert into stock (book_id, branch, copies)
    select ${book.id}, key, value::integer
    from jsonb_each_text(${json(book.stock)}::jsonb)`);
}
