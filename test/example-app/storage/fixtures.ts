/** Things to store: no two of a run bear the same name. */
import { expect } from "vitest";
import { insertCustomer } from "../../../example-app/src/storage/customers.js";
import {
  violates,
  type Database,
} from "../../../example-app/src/storage/database.js";
import type { BookInput } from "../../../generated/index.js";

export interface Fixtures {
  database(): Database;
  /** A number that was not given before. */
  serial(): number;
  bookInput(more?: Partial<BookInput>): BookInput;
  /** Gives the id of a new one. */
  customer(): Promise<string>;
  /** Fails unless the work breaks this constraint. */
  broken(work: Promise<unknown>, constraint: string): Promise<void>;
}

export function createFixtures(database: () => Database): Fixtures {
  let count = 0;
  const serial = () => {
    count += 1;
    return count;
  };
  return {
    database,
    serial,
    bookInput: (more = {}) => ({
      isbn: `978${String(serial()).padStart(10, "0")}`,
      title: "A Storage Test",
      authorIds: [1],
      category: "poetry",
      status: "in-print",
      price: { amount: 500, currency: "EUR" },
      formats: ["ebook"],
      ...more,
    }),
    async customer() {
      const email = `storage-${serial()}@example.com`;
      const account = { email, name: "Ada", passwordHash: "-" };
      return (await insertCustomer(database(), account)).id;
    },
    async broken(work, constraint) {
      const error: unknown = await work.then(
        () => "nothing broke",
        (reason: unknown) => reason,
      );
      expect({ broken: violates(error, constraint), error }).toMatchObject({
        broken: true,
      });
    },
  };
}
