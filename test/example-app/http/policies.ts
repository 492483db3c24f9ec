/** What the bookstore's document switches on beside its operations: caching, limits, credentials, versions, streams. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { acceptSubscribers } from "../../../example-app/src/announcements.js";
import type { Answer } from "../shop.js";
import { PNG, type Visit } from "../visit.js";

export function policiesOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  describe("states of a book", () => {
    it("are named by tags: 304 for who has one, 412 for who has missed one, 428 for who names none", async () => {
      const params = { bookId: await visit.createBook() };
      const first = await visit.shop.send("getBook", { params });
      const tag = first.headers.get("etag") ?? "";
      expect(tag).toMatch(/^"[\w-]{22}"$/);
      expect(first.headers.get("cache-control")).toBe("no-cache");
      const known = { "if-none-match": `"other", ${tag}` };
      expect(await visit.status("getBook", { params, headers: known })).toBe(
        304,
      );
      const staff = { staff: true, params };
      const replace = (headers: Record<string, string>) =>
        visit.shop.send("replaceBook", {
          ...staff,
          body: visit.bookInput(),
          headers,
        });
      expect((await replace({})).status).toBe(428);
      const [one, other] = await Promise.all([
        replace({ "if-match": tag }),
        replace({ "if-match": tag }),
      ]);
      expect([one.status, other.status].toSorted()).toEqual([200, 412]);
      const body = { title: "Too late" };
      const late = { "if-match": tag };
      expect(
        await visit.status("patchBook", { ...staff, body, headers: late }),
      ).toBe(412);
      // What a write answers is what the next read sees.
      const now = await visit.shop.send("getBook", { params });
      const won = one.status === 200 ? one : other;
      expect(now.headers.get("etag")).toBe(won.headers.get("etag"));
      expect(now.body).toEqual(won.body);
    });

    it("are kept, and forgotten when the book, its stock or its reviews change", async () => {
      const bookId = await visit.createBook();
      const params = { bookId };
      const cached = async (id: string) => {
        const answer = await visit.shop.send(id, { params, query: "limit=1" });
        return answer.headers.get("cache-status") ?? "";
      };
      for (const id of ["getBook", "listBooks"]) {
        await cached(id);
        expect(await cached(id)).toMatch(/^kontract; hit; ttl=\d+$/);
      }
      await visit.shop.send("replaceStock", {
        staff: true,
        params,
        body: { BER: 7 },
      });
      for (const id of ["getBook", "listBooks"]) {
        expect(await cached(id)).toBe("kontract; fwd=uri-miss; stored");
      }
      await visit.shop.send("createReview", {
        token: visit.token,
        params,
        body: { rating: 5 },
      });
      const now = await visit.shop.send("getBook", { params });
      expect(now.body).toMatchObject({ stock: 7, rating: 5 });
    });

    it("of categories may be kept by networks in front", async () => {
      const { headers } = await visit.shop.send("getCategoryTree");
      expect(headers.get("cache-control")).toContain("s-maxage=600");
      expect(headers.get("cdn-cache-control")).toBe("max-age=600");
      expect(headers.get("ratelimit")).toBeNull();
    });

    it("of a review have a weak tag and a date", async () => {
      const params = { bookId: await visit.createBook() };
      const ask = { token: visit.token, params, body: { rating: 4 } };
      const { id } = members(await visit.shop.send("createReview", ask));
      const review = { params: { reviewId: id } };
      const { headers } = await visit.shop.send("getReview", review);
      expect(headers.get("etag")).toMatch(/^W\/"/);
      const since = headers.get("last-modified") ?? "";
      const known = { "if-modified-since": since };
      expect(
        await visit.status("getReview", { ...review, headers: known }),
      ).toBe(304);
    });
  });

  describe("pictures", () => {
    it("are set, fetched, and fetched in parts", async () => {
      const params = { bookId: await visit.createBook() };
      const type = "image/png";
      expect(await visit.status("getCover", { params })).toBe(404);
      const ask = { staff: true, params, type };
      expect(await visit.status("replaceCover", { ...ask, body: PNG })).toBe(
        204,
      );
      const whole = await fetch(
        `${visit.shop.url}/books/${params.bookId}/cover`,
      );
      expect(new Uint8Array(await whole.arrayBuffer())).toEqual(PNG);
      const tag = whole.headers.get("etag") ?? "";
      const headers = { range: "bytes=1-3", "if-range": tag };
      const part = await visit.shop.send("getCover", { params, headers });
      expect([part.status, part.body]).toEqual([206, "PNG"]);
      expect(part.headers.get("content-range")).toBe(`bytes 1-3/${PNG.length}`);
      const known = { "if-none-match": tag };
      expect(await visit.status("getCover", { params, headers: known })).toBe(
        304,
      );
      const large = new Uint8Array(600 * 1024);
      expect(await visit.status("getCover", { params })).toBe(200);
      const refused = await fetch(whole.url, {
        method: "PUT",
        headers: { "content-type": type, "x-api-key": "test-staff-key" },
        body: large,
      });
      expect(refused.status).toBe(413);
    });
  });

  describe("lists", () => {
    it("come by page, offset and cursor, with what is known of them", async () => {
      const byPage = await visit.shop.send("listBooks", { query: "limit=2" });
      const { page, limit, total, totalPages } = members(byPage);
      expect([page, limit, totalPages]).toEqual([1, 2, Math.ceil(total / 2)]);
      expect(byPage.headers.get("link")).toContain('rel="next"');
      const byOffset = await visit.shop.send("listAuthorBooks", {
        params: { authorId: 1 },
        query: "offset=1&limit=1",
      });
      expect(members(byOffset)).toMatchObject({ offset: 1, limit: 1 });
      const own = await visit.shop.signUp();
      const ids: string[] = [];
      const bookId = await visit.createBook();
      for (let order = 0; order < 3; order++) {
        ids.unshift(await visit.createOrder(bookId, own));
      }
      const walked: string[] = [];
      let query: string | undefined = "limit=2";
      while (query !== undefined) {
        const answer: Answer = await visit.shop.send("listOrders", {
          token: own,
          query,
        });
        for (const { id } of members(answer).items) walked.push(id);
        const { next } = members(answer);
        query = next === null ? undefined : `limit=2&cursor=${next}`;
      }
      expect(walked).toEqual(ids);
      const forged = { token: own, query: "cursor=eyJhIjoxfQ.x" };
      expect(await visit.status("listOrders", forged)).toBe(400);
      const unknown = { token: own, query: "sort=id" };
      expect(await visit.status("listOrders", unknown)).toBe(400);
    });

    it("lead on by links", async () => {
      const params = { bookId: await visit.createBook() };
      const { headers } = await visit.shop.send("getBook", { params });
      expect(headers.get("link")).toBe(
        `</books/${params.bookId}/reviews>; rel="reviews", </books/${params.bookId}/cover>; rel="cover", </books?category=poetry>; rel="collection"`,
      );
      const catalog = await fetch(`${visit.shop.url}/.well-known/api-catalog`);
      expect(await catalog.text()).toContain('{"href":"/books"}');
    });
  });

  describe("partners", () => {
    const token = (scope: string, claims?: object) =>
      visit.shop.partnerToken(scope, claims);

    it("read the whole catalogue as a stream, two at a time", async () => {
      const own = { token: await token("catalogue:read") };
      const answer = await visit.shop.send("exportBooks", own);
      const { total } = members(await visit.shop.send("listBooks"));
      expect(members(answer)).toHaveLength(total);
      expect(answer.headers.get("ratelimit-policy")).toContain('"exports";q=2');
      // The catalogue cannot be read now, so two are still at it when the third comes.
      const three = await visit.hold(async () => {
        const asked = [1, 2, 3].map(() => visit.shop.send("exportBooks", own));
        const refused = await Promise.race(asked);
        expect(refused.status).toBe(429);
        expect(members(refused)["violated-policies"]).toEqual(["exports"]);
        return asked;
      });
      const statuses = (await Promise.all(three)).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([200, 200, 429]);
    });

    it("are refused without the scope, and with the token of another", async () => {
      const own = { token: await token("stock:watch") };
      const refused = await visit.shop.send("exportBooks", own);
      expect(refused.status).toBe(403);
      expect(refused.headers.get("www-authenticate")).toContain(
        'error="insufficient_scope", scope="catalogue:read"',
      );
      for (const claims of [{ aud: "another" }, { iss: "x" }, { exp: 1 }]) {
        const forged = { token: await token("catalogue:read", claims) };
        expect(await visit.status("exportBooks", forged)).toBe(401);
      }
    });

    it("are told of changes, once for each subscription that they have asked for once", async () => {
      const heard: unknown[] = [];
      const receiver = createServer((request, response) => {
        let text = "";
        request.on("data", (chunk: Buffer) => (text += chunk.toString()));
        request.on("end", () => {
          heard.push(JSON.parse(text));
          response.writeHead(204).end();
        });
      }).listen(0, "127.0.0.1");
      await once(receiver, "listening");
      const { port } = receiver.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/stock`;
      acceptSubscribers((each) => each.href === url);
      const ask = {
        token: await token("stock:watch"),
        body: { url },
        headers: { "idempotency-key": `subscribe-${visit.driver()}` },
      };
      const first = await visit.shop.send("subscribe", ask);
      expect(members(first)).toMatchObject({ data: { url } });
      const again = await visit.shop.send("subscribe", ask);
      expect(members(again).data).toEqual(members(first).data);
      expect(again.headers.get("idempotent-replayed")).toBe("true");
      const { token: own } = ask;
      const missing = { token: own, body: { url } };
      expect(await visit.status("subscribe", missing)).toBe(400);
      const wrong = { ...ask, token: await token("catalogue:read") };
      expect(await visit.status("subscribe", wrong)).toBe(403);
      const bookId = await visit.createBook();
      const stock = { PAR: 3 };
      await visit.shop.send("replaceStock", {
        staff: true,
        params: { bookId },
        body: stock,
      });
      await expect.poll(() => heard).toEqual([{ bookId, stock }]);
      receiver.closeAllConnections();
      receiver.close();
    });
  });

  describe("browsers", () => {
    const shop = "https://shop.example.com";

    it("of the shop's own pages may ask, others may not", async () => {
      const preflight = async (origin: string) => {
        const { headers } = await fetch(`${visit.shop.url}/customers/me`, {
          method: "OPTIONS",
          headers: { origin, "access-control-request-method": "PATCH" },
        });
        return headers.get("access-control-allow-origin");
      };
      expect(await preflight(shop)).toBe(shop);
      expect(await preflight("https://evil.example.com")).toBeNull();
    });

    it("are known by their cookie, which pages of strangers cannot use", async () => {
      const headers = { cookie: `session=${visit.token}` };
      expect(await visit.status("getMe", { headers })).toBe(200);
      const change = async (origin: string) => {
        const response = await fetch(`${visit.shop.url}/customers/me`, {
          method: "PATCH",
          headers: {
            ...headers,
            origin,
            "content-type": "application/merge-patch+json",
          },
          body: '{"name":"Forged"}',
        });
        return response.status;
      };
      expect(await change("https://evil.example.com")).toBe(403);
      expect(await change(shop)).toBe(200);
      expect(visit.shop.events.map(({ event }) => event)).toContain(
        "csrf_fail",
      );
    });
  });

  describe("limits", () => {
    it("of one customer are not those of another", async () => {
      const token = await visit.shop.signUp();
      const order = () =>
        visit.shop.send("createOrder", { token, body: { lines: [] } });
      const statuses: number[] = [];
      let last = await order();
      for (let asked = 0; asked < 80 && last.status !== 429; asked++) {
        statuses.push(last.status);
        last = await order();
      }
      expect(statuses.length).toBeGreaterThanOrEqual(60);
      expect(new Set(statuses)).toEqual(new Set([422]));
      expect(last.status).toBe(429);
      expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(members(last)["violated-policies"]).toEqual(["orders"]);
      const policies = last.headers.get("ratelimit-policy") ?? "";
      for (const name of ["orders", "orders-daily"]) {
        expect(policies).toContain(`"${name}"`);
      }
      expect(last.headers.get("x-ratelimit-remaining")).toBe("0");
      const other = { token: visit.token, body: { lines: [] } };
      expect(await visit.status("createOrder", other)).toBe(422);
    });
  });

  it("may name their version by media type", async () => {
    const get = (accept: string) =>
      fetch(`${visit.shop.url}/categories`, { headers: { accept } });
    const known = await get("application/vnd.bookstore.v1+json");
    expect(known.status).toBe(200);
    expect(known.headers.get("content-type")).toContain(
      "application/vnd.bookstore.v1+json",
    );
    expect(known.headers.get("vary")).toMatch(/accept/i);
    const unknown = await get("application/vnd.bookstore.v9+json");
    expect(unknown.status).toBe(406);
    expect(await unknown.json()).toMatchObject({ versions: ["v1"] });
  });

  it("writes an event when a book is deleted", async () => {
    const bookId = await visit.createBook();
    const both = { staff: true, token: visit.token };
    await visit.shop.send("deleteBook", { ...both, params: { bookId } });
    expect(visit.shop.events.at(-1)).toMatchObject({
      event: "audit",
      action: "book.deleted",
      status: 204,
    });
  });

  it("explains its problems where their types lead", async () => {
    const text = async (type: string) =>
      (await fetch(new URL(type, visit.shop.url))).text();
    const refused = await visit.shop.send("registerCustomer", {
      body: {
        email: `reader-1-${visit.driver()}@example.com`,
        password: "correct horse battery",
        name: "Again",
      },
    });
    expect(refused.status).toBe(409);
    const { type, title } = members(refused);
    expect(await text(type)).toContain(`<h1>${title}</h1>`);
    expect(await text("/problems/order-refused")).toContain("POST /orders");
  });

  it("publishes no operation that is internal", async () => {
    const document = await fetch(`${visit.shop.url}/openapi.json`);
    const text = await document.text();
    expect(text).toContain("cancelOrder");
    expect(text).not.toContain("shipOrder");
  });
}
