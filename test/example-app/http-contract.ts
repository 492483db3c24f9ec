/** What the bookstore answers over a real socket, on whichever database: every declared status once at least. */
import { afterAll, beforeAll } from "vitest";
import type { Database } from "../../example-app/src/storage/database.js";
import { booksOverHttp } from "./http/books.js";
import { catalogueOverHttp } from "./http/catalogue.js";
import { customersOverHttp } from "./http/customers.js";
import { everyOperationOverHttp } from "./http/every-operation.js";
import { ordersOverHttp } from "./http/orders.js";
import { policiesOverHttp } from "./http/policies.js";
import { queryingOverHttp } from "./http/querying.js";
import { reviewsOverHttp } from "./http/reviews.js";
import { unstorableOverHttp } from "./http/unstorable.js";
import { createVisit } from "./visit.js";

export function httpContract(database: () => Database): void {
  const visit = createVisit(database);
  beforeAll(() => visit.open());
  afterAll(() => visit.close());

  booksOverHttp(visit);
  queryingOverHttp(visit);
  catalogueOverHttp(visit);
  reviewsOverHttp(visit);
  ordersOverHttp(visit);
  customersOverHttp(visit);
  unstorableOverHttp(visit);
  policiesOverHttp(visit);
  everyOperationOverHttp(visit);
}
