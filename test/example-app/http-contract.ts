/** What the bookstore answers over a real socket, on whichever database: every declared status once at least. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../example-app/src/storage/database.js";
import { openShop, type Answer, type Ask, type Shop } from "./shop.js";

const PRIDE = "5f0c9a4e-8a0e-4c52-9b0d-1f6a3c2b7d01";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const ADDRESS = { name: "A", street: "B 1", city: "C", country: "DE" };
const INVOICE = { kind: "invoice", company: "A", dueInDays: 14 };

/** Path parameters that lead to nothing, and that cannot lead anywhere. */
const ABSENT = {
  bookId: NOBODY,
  reviewId: NOBODY,
  authorId: 999999,
  orderId: "ord_ffffffffffff",
  slug: "nowhere",
};
const IMPOSSIBLE = {
  bookId: "no-uuid",
  reviewId: "no-uuid",
  authorId: "three",
  orderId: "ord_x",
  slug: "No Slug",
};

/** Bodies that can be parsed and are wrong; `{}` for all others. */
const WRONG_BODIES: Record<string, unknown> = {
  replaceCategoryTree: [],
  replaceStock: { berlin: 1 },
  replacePreferences: { theme: null },
};

export function httpContract(database: () => Database): void {
  let shop: Shop;
  let token: string;
  let serial = 0;

  beforeAll(async () => {
    shop = await openShop(database());
    token = await shop.signUp();
  });
  afterAll(() => shop.close());

  const bookInput = (more: object = {}) => ({
    isbn: `979${String(++serial).padStart(10, "0")}`,
    title: "A Book over HTTP",
    authorIds: [1],
    category: "poetry",
    status: "in-print",
    price: { amount: 500, currency: "EUR" },
    formats: ["ebook"],
    ...more,
  });
  const createBook = async (more: object = {}): Promise<string> => {
    const answer = await shop.send("createBook", {
      staff: true,
      body: bookInput(more),
    });
    expect(answer.status).toBe(201);
    const { id } = Object(answer.body);
    expect(answer.headers.get("location")).toBe(`/books/${id}`);
    return String(id);
  };
  const createOrder = async (bookId: string): Promise<string> => {
    await shop.send("replaceStock", {
      staff: true,
      params: { bookId },
      body: { BER: 5 },
    });
    const answer = await shop.send("createOrder", {
      token,
      body: {
        lines: [{ bookId, quantity: 1 }],
        shipTo: ADDRESS,
        payment: INVOICE,
      },
    });
    expect(answer.status).toBe(201);
    return String(Object(answer.body).id);
  };
  const status = async (operation: string, ask?: Ask) =>
    (await shop.send(operation, ask)).status;
  const declaring = (status: string) =>
    [...shop.operations.values()].filter((each) => each.answers.has(status));
  const members = ({ body }: Answer) => Object(body);

  describe("books", () => {
    it("are listed by every kind of parameter", async () => {
      const answer = await shop.send("listBooks", {
        query:
          "tag=classic&tag=romance&format=ebook,audio&status=in-print" +
          "&publishedAfter=1800-01-01&inStock=true&category=fiction&limit=5",
        headers: { "X-Branch": "PAR", Cookie: "currency=GBP" },
      });
      expect(answer.body).toMatchObject({
        page: 1,
        limit: 5,
        total: 1,
        items: [
          {
            title: "Pride and Prejudice",
            stock: 5,
            price: { amount: 859, currency: "GBP" },
          },
        ],
      });
      expect(answer.headers.get("link")).toBeNull();
    });

    it("are paged by links that keep the other parameters", async () => {
      const titles: string[] = [];
      let query: string | undefined = "limit=2&tag=classic&sort=-title";
      while (query !== undefined) {
        const answer: Answer = await shop.send("listBooks", { query });
        for (const { title } of members(answer).items) titles.push(title);
        const link = answer.headers.get("link") ?? "";
        query = /<\/books\?([^>]*)>; rel="next"/.exec(link)?.[1];
      }
      expect(titles).toEqual([
        "The Time Machine",
        "Pride and Prejudice",
        "On the Origin of Species",
        "Journey to the Centre of the Earth",
        "Frankenstein",
      ]);
    });

    it("are refused by parameter, the fault named", async () => {
      const answer = await shop.send("listBooks", {
        query: "limit=101&format=scroll&page=1e2",
        headers: { "X-Branch": "Berlin", Cookie: "currency=DM" },
      });
      expect(answer.status).toBe(400);
      const places = members(answer).errors.map(
        (each: { in: string; parameter: string; code: string }) =>
          `${each.in} ${each.parameter} ${each.code}`,
      );
      expect(places.toSorted()).toEqual([
        "cookie currency enum",
        "header x-branch pattern",
        "query format enum",
        "query limit maximum",
        "query page type",
      ]);
    });

    it("are created, whatever read-only members are sent being dropped", async () => {
      const body = bookInput({
        id: NOBODY,
        createdAt: "1999-01-01T00:00:00Z",
        dimensions: [130, 198, 36.5],
        translations: { de: "Ein Buch über HTTP" },
      });
      const answer = await shop.send("createBook", { staff: true, body });
      expect(answer.status).toBe(201);
      const { id, createdAt } = members(answer);
      expect(id).not.toBe(NOBODY);
      expect(createdAt).not.toBe("1999-01-01T00:00:00Z");
      const params = { bookId: id };
      expect((await shop.send("getBook", { params })).body).toEqual(
        answer.body,
      );
    });

    it("are created under an ISBN of their own", async () => {
      const body = bookInput({ isbn: "9780141439518" });
      expect(await status("createBook", { staff: true, body })).toBe(409);
    });

    it("are refused with every fault in the body", async () => {
      const { title: _, ...body } = bookInput({
        isbn: "123",
        price: { amount: -1, currency: "EUR" },
        dimensions: [1, 2, 3, 4],
        extra: 1,
      });
      const answer = await shop.send("createBook", { staff: true, body });
      expect(answer.status).toBe(422);
      const faults = members(answer).errors.map(
        (each: { pointer: string; code: string }) =>
          `${each.pointer} ${each.code}`,
      );
      expect(faults).toEqual(
        expect.arrayContaining(["#/isbn pattern", "#/price/amount minimum"]),
      );
      expect(faults).toHaveLength(5);
    });

    it("feature one that is at hand, if there is one", async () => {
      const answer = await shop.send("getFeaturedBook", {
        query: "category=science",
      });
      expect(members(answer).title).toBe("On the Origin of Species");
      const query = "category=nowhere";
      expect(await status("getFeaturedBook", { query })).toBe(204);
    });

    it("are replaced and patched", async () => {
      const bookId = await createBook({ subtitle: "Old" });
      const params = { bookId };
      const body = bookInput({ title: "New" });
      const replaced = await shop.send("replaceBook", {
        staff: true,
        params,
        body,
      });
      expect(replaced.body).toMatchObject({ ...body, subtitle: null });
      const patched = await shop.send("patchBook", {
        staff: true,
        params,
        body: { status: "out-of-print", tags: ["rare"] },
      });
      expect(patched.body).toMatchObject({
        ...body,
        status: "out-of-print",
        tags: ["rare"],
      });
      for (const operation of ["replaceBook", "patchBook"]) {
        const clash =
          operation === "patchBook"
            ? { isbn: "9780141439518" }
            : bookInput({ isbn: "9780141439518" });
        expect(
          await status(operation, { staff: true, params, body: clash }),
        ).toBe(409);
      }
    });

    it("are deleted by staff and a customer together, unless ordered", async () => {
      const params = { bookId: await createBook() };
      expect(await status("deleteBook", { staff: true, params })).toBe(401);
      expect(await status("deleteBook", { token, params })).toBe(401);
      const both = { staff: true, token };
      expect(await status("deleteBook", { ...both, params })).toBe(204);
      expect(await status("getBook", { params })).toBe(404);
      const ordered = await createBook();
      await createOrder(ordered);
      const again = { params: { bookId: ordered } };
      expect(await status("deleteBook", { ...both, ...again })).toBe(409);
    });
  });

  describe("authors", () => {
    it("are listed, created and found", async () => {
      const name = `Author ${database().driver}`;
      const created = await shop.send("createAuthor", {
        staff: true,
        body: { name, contact: { phone: "+4930123456" } },
      });
      expect(created.status).toBe(201);
      const { id } = members(created);
      expect(created.headers.get("location")).toBe(`/authors/${id}`);
      const found = await shop.send("getAuthor", { params: { authorId: id } });
      expect(found.body).toEqual(created.body);
      const listed = await shop.send("listAuthors", { query: "q=author" });
      expect(members(listed).items).toEqual([created.body]);
      expect(
        await status("createAuthor", { staff: true, body: { name } }),
      ).toBe(409);
    });

    it("have books", async () => {
      const answer = await shop.send("listAuthorBooks", {
        params: { authorId: 2 },
      });
      expect(members(answer).items).toMatchObject([{ title: "Frankenstein" }]);
    });
  });

  describe("categories", () => {
    it("are shown and replaced as trees", async () => {
      const before = await shop.send("getCategoryTree");
      const leaf = { slug: "haiku", name: "Haiku" };
      const tree = members(before).map((each: { slug: string }) =>
        each.slug === "poetry" ? { ...each, children: [leaf] } : each,
      );
      const answer = await shop.send("replaceCategoryTree", {
        staff: true,
        body: tree,
      });
      expect(answer.body).toEqual(tree);
      const found = await shop.send("getCategory", {
        params: { slug: "haiku" },
      });
      expect(found.body).toEqual(leaf);
      const body = [leaf];
      expect(await status("replaceCategoryTree", { staff: true, body })).toBe(
        409,
      );
      const twice = [leaf, leaf];
      expect(
        await status("replaceCategoryTree", { staff: true, body: twice }),
      ).toBe(422);
    });

    it("name the fault deep in a tree", async () => {
      const answer = await shop.send("replaceCategoryTree", {
        staff: true,
        body: [{ slug: "a", name: "A", children: [{ slug: "b" }] }],
      });
      expect(members(answer).errors).toMatchObject([
        { in: "body", pointer: "#/0/children/0/name", code: "required" },
      ]);
    });

    it("answer nothing but what they can", async () => {
      const headers = { accept: "image/png" };
      expect(await status("getCategoryTree", { headers })).toBe(406);
    });
  });

  describe("reviews", () => {
    it("are written once, listed and filtered", async () => {
      const params = { bookId: await createBook() };
      const body = { rating: 4.5, text: "Fine." };
      const written = await shop.send("createReview", { token, params, body });
      expect(written.status).toBe(201);
      expect(await status("createReview", { token, params, body })).toBe(409);
      const listed = await shop.send("listReviews", {
        params,
        query: "filter[minRating]=4&filter[hasText]=true",
      });
      expect(members(listed)).toMatchObject({
        total: 1,
        items: [written.body],
      });
      const none = await shop.send("listReviews", {
        params,
        query: "filter%5BmaxRating%5D=4",
      });
      expect(members(none)).toMatchObject({ total: 0, items: [] });
    });

    it("give reasons for a poor rating", async () => {
      const params = { bookId: await createBook() };
      const send = (body: object) =>
        status("createReview", { token, params, body });
      expect(await send({ rating: 2 })).toBe(422);
      expect(await send({ rating: 2, text: "Bad." })).toBe(422);
      expect(await send({ rating: 2.25, text: "x".repeat(30) })).toBe(422);
      expect(await send({ rating: 2, text: "x".repeat(30) })).toBe(201);
    });

    it("are deleted by their writer or by staff", async () => {
      const params = { bookId: await createBook() };
      const other = await shop.signUp();
      const write = async (writer: string) => {
        const body = { rating: 5 };
        const ask = { token: writer, params, body };
        return String(members(await shop.send("createReview", ask)).id);
      };
      const mine = { params: { reviewId: await write(token) } };
      expect(await status("getReview", mine)).toBe(200);
      expect(await status("deleteReview", { token: other, ...mine })).toBe(403);
      expect(await status("deleteReview", { token, ...mine })).toBe(204);
      const others = { params: { reviewId: await write(other) } };
      expect(await status("deleteReview", { staff: true, ...others })).toBe(
        204,
      );
      expect(await status("getReview", others)).toBe(404);
    });
  });

  describe("orders", () => {
    it("are placed by card, whose number is never shown again", async () => {
      const bookId = await createBook();
      await shop.send("replaceStock", {
        staff: true,
        params: { bookId },
        body: { BER: 2 },
      });
      const card = {
        kind: "card",
        number: "4111111111111111",
        cvc: "123",
        expiry: [12, 2030],
      };
      const body = {
        lines: [{ bookId, quantity: 2 }],
        shipTo: ADDRESS,
        payment: card,
        giftMessage: "For you",
        giftFrom: "Me",
        labels: { club: "yes" },
      };
      const placed = await shop.send("createOrder", { token, body });
      expect(placed.status).toBe(201);
      expect(members(placed)).toMatchObject({
        status: "placed",
        total: { amount: 1000, currency: "EUR" },
        payment: { kind: "card", expiry: [12, 2030], lastFour: "1111" },
      });
      const { id } = members(placed);
      expect(placed.headers.get("location")).toBe(`/orders/${id}`);
      const own = await shop.send("getOrder", {
        token,
        params: { orderId: id },
      });
      expect(own.body).toEqual(placed.body);
      expect(await status("createOrder", { token, body })).toBe(409);
    });

    it("name the fault in the kind of payment that was chosen", async () => {
      const send = async (more: object) => {
        const answer = await shop.send("createOrder", {
          token,
          body: {
            lines: [{ bookId: PRIDE, quantity: 1 }],
            shipTo: ADDRESS,
            payment: INVOICE,
            ...more,
          },
        });
        expect(answer.status).toBe(422);
        return members(answer).errors;
      };
      const voucher = { kind: "voucher", code: "no" };
      expect(await send({ payment: voucher })).toMatchObject([
        { pointer: "#/payment/code", code: "pattern" },
      ]);
      expect(await send({ giftMessage: "For you" })).toMatchObject([
        { code: "dependentRequired" },
      ]);
      const barter = { kind: "barter" };
      const [fault] = await send({ payment: barter });
      expect(fault.pointer).toMatch(/^#\/payment/);
    });

    it("are listed for their owner only", async () => {
      const id = await createOrder(await createBook());
      const ids = async (ask: Ask) =>
        members(await shop.send("listOrders", ask)).items.map(
          (each: { id: string }) => each.id,
        );
      expect(await ids({ token, query: "status=placed|shipped" })).toContain(
        id,
      );
      expect(await ids({ token, query: "status=placed%7Cshipped" })).toContain(
        id,
      );
      expect(await ids({ token, query: "status=cancelled" })).not.toContain(id);
      const query = "since=2999-01-01T00:00:00Z";
      expect(await ids({ token, query })).toEqual([]);
      const other = await shop.signUp();
      expect(await ids({ token: other })).toEqual([]);
      const params = { orderId: id };
      expect(await status("getOrder", { token: other, params })).toBe(404);
    });

    it("are cancelled with a reason or without, until they are sent", async () => {
      const bookId = await createBook();
      const first = { token, params: { orderId: await createOrder(bookId) } };
      const body = { reason: "Found it." };
      const cancelled = await shop.send("cancelOrder", { ...first, body });
      expect(members(cancelled)).toMatchObject({
        status: "cancelled",
        cancelReason: "Found it.",
      });
      expect(await status("cancelOrder", first)).toBe(409);
      const second = { token, params: { orderId: await createOrder(bookId) } };
      const sent = await shop.send("shipOrder", { staff: true, ...second });
      expect(members(sent).status).toBe("shipped");
      expect(await status("shipOrder", { staff: true, ...second })).toBe(409);
      expect(await status("cancelOrder", second)).toBe(409);
      const third = { token, params: { orderId: await createOrder(bookId) } };
      expect(await status("cancelOrder", third)).toBe(200);
    });

    it("give receipts for machines and for people", async () => {
      const params = { orderId: await createOrder(await createBook()) };
      const machine = await shop.send("getReceipt", { token, params });
      expect(members(machine).lines).toEqual(["1 × A Book over HTTP"]);
      const person = await shop.send("getReceipt", {
        token,
        params,
        headers: { accept: "text/plain" },
      });
      expect(person.body).toBe(
        `${params.orderId}\n1 × A Book over HTTP\ntotal 5.00 EUR\n`,
      );
    });
  });

  describe("customers", () => {
    it("have an account, and no password is ever shown", async () => {
      const email = `account-${database().driver}@example.com`;
      const body = { email, name: "Ada", password: "correct horse battery" };
      const created = await shop.send("registerCustomer", { body });
      expect(created.status).toBe(201);
      expect(members(created)).not.toHaveProperty("password");
      expect(await status("registerCustomer", { body })).toBe(409);
      const { password } = body;
      const session = await shop.send("createSession", {
        body: { email, password },
      });
      const own = { token: String(members(session).token) };
      const patched = await shop.send("patchMe", {
        ...own,
        body: { phone: "+4930123456", password: "another horse battery" },
      });
      expect(members(patched)).toMatchObject({ email, phone: "+4930123456" });
      expect((await shop.send("getMe", own)).body).toEqual(patched.body);
      expect(await status("createSession", { body: { email, password } })).toBe(
        401,
      );
    });

    it("have preferences of any scalar", async () => {
      const body = { theme: "dark", size: 1.5, news: false };
      await shop.send("replacePreferences", { token, body });
      expect((await shop.send("getPreferences", { token })).body).toEqual(body);
    });
  });

  describe("every operation", () => {
    it("that is secured refuses a stranger and a wrong credential", async () => {
      for (const { id, node } of declaring("401")) {
        if (node["security"] === undefined) continue;
        const stranger = await shop.send(id, { params: ABSENT });
        expect(stranger.status, id).toBe(401);
        expect(stranger.headers.get("www-authenticate"), id).not.toBeNull();
        const wrong = { "x-api-key": "no", authorization: "Bearer no" };
        const ask = { params: ABSENT, headers: wrong };
        expect(await status(id, ask), id).toBe(401);
      }
    });

    it("with parameters or a body refuses what cannot be parsed", async () => {
      for (const { id, path, node } of declaring("400")) {
        const hasPath = path.includes("{");
        const hasBody = node["requestBody"] !== undefined;
        const answer = await shop.send(id, {
          staff: true,
          token,
          params: IMPOSSIBLE,
          ...(!hasPath && !hasBody && { query: "limit=none&category=%20" }),
          ...(hasBody && !hasPath && { body: "{" }),
        });
        expect(answer.status, id).toBe(400);
      }
    });

    it("with a body refuses what its schema refuses", async () => {
      for (const { id } of declaring("422")) {
        const answer = await shop.send(id, {
          staff: true,
          token,
          params: ABSENT,
          body: WRONG_BODIES[id] ?? {},
        });
        expect(answer.status, id).toBe(422);
        expect(members(answer).errors.length, id).toBeGreaterThan(0);
      }
    });

    it("on one thing says when there is none", async () => {
      const bodies: Record<string, object> = {
        replaceBook: bookInput(),
        patchBook: { title: "x" },
        replaceStock: { BER: 1 },
        createReview: { rating: 5 },
        shipOrder: {},
      };
      const all = [...declaring("404"), ...declaring("4XX")];
      for (const { id, node } of all) {
        const body = node["requestBody"] && bodies[id];
        const answer = await shop.send(id, {
          staff: true,
          token,
          params: ABSENT,
          ...(body !== undefined && { body }),
        });
        expect(answer.status, id).toBe(404);
        expect(members(answer)).toMatchObject({
          title: "Not Found",
          status: 404,
        });
      }
    });

    it("has answered every status that it declares", () => {
      const declared = [...shop.operations.values()].flatMap(
        ({ id, answers }) => [...answers.keys()].map((key) => `${id} ${key}`),
      );
      expect(declared.filter((each) => !shop.seen.has(each))).toEqual([]);
    });
  });

  describe("paths", () => {
    it("outside of the document are not found, other methods not allowed", async () => {
      const missing = await fetch(`${shop.url}/nothing`);
      expect(missing.status).toBe(404);
      expect(missing.headers.get("content-type")).toMatch(/problem\+json/);
      const wrong = await fetch(`${shop.url}/books/featured`, {
        method: "DELETE",
      });
      expect(wrong.status).toBe(405);
      expect(wrong.headers.get("allow")).toMatch(/GET/);
    });
  });
}
