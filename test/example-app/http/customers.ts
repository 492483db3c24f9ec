/** Accounts over HTTP. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../shop.js";
import type { Visit } from "../visit.js";

export function customersOverHttp(visit: Visit): void {
  const members = ({ body }: Answer) => Object(body);

  describe("customers", () => {
    it("have an account, and no password is ever shown", async () => {
      const email = `account-${visit.driver().toLowerCase()}@example.com`;
      const body = { email, name: "Ada", password: "correct horse battery" };
      const created = await visit.shop.send("registerCustomer", { body });
      expect(created.status).toBe(201);
      expect(members(created)).not.toHaveProperty("password");
      expect(await visit.status("registerCustomer", { body })).toBe(409);
      const { password } = body;
      const session = await visit.shop.send("createSession", {
        body: { email, password },
      });
      const own = { token: String(members(session).token) };
      const patched = await visit.shop.send("patchMe", {
        ...own,
        body: { phone: "+4930123456", password: "another horse battery" },
      });
      expect(members(patched)).toMatchObject({ email, phone: "+4930123456" });
      expect((await visit.shop.send("getMe", own)).body).toEqual(patched.body);
      expect(
        await visit.status("createSession", { body: { email, password } }),
      ).toBe(401);
    });

    it("have preferences of any scalar", async () => {
      const body = { theme: "dark", size: 1.5, news: false };
      await visit.shop.send("replacePreferences", { token: visit.token, body });
      expect(
        (await visit.shop.send("getPreferences", { token: visit.token })).body,
      ).toEqual(body);
    });
  });
}
