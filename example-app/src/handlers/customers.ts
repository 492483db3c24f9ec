/** Handlers of the group `customers`. */
import { type CustomersHandlers, problems } from "../../../generated/index.js";
import {
  createToken,
  hashPassword,
  hashToken,
  isPassword,
} from "../credentials.js";
import { database } from "../database.js";
import * as customerStorage from "../storage/customers.js";
import { violates } from "../storage/database.js";

export const customers: CustomersHandlers = {
  async registerCustomer({ body, reply }) {
    const { email, name, phone, password } = body;
    const passwordHash = await hashPassword(password);
    try {
      const customer = await customerStorage.insertCustomer(database(), {
        email,
        name,
        phone,
        passwordHash,
      });
      const location = "/customers/me";
      return reply.created(customer, { headers: { location } });
    } catch (error) {
      if (!violates(error, "customers_email_key")) throw error;
      throw problems.accountExists();
    }
  },

  async createSession({ body, reply }) {
    const { email, password } = body;
    const account = await customerStorage.findAccount(database(), { email });
    const known = await isPassword(password, account?.passwordHash);
    if (account === undefined || !known) {
      return reply.unauthorized({ detail: "wrong address or password" });
    }
    const token = createToken();
    const expiresAt = await customerStorage.insertSession(
      database(),
      account.customer.id,
      hashToken(token),
    );
    const cookie = `session=${token}; Path=/; HttpOnly; Secure; SameSite=Lax`;
    return reply.created(
      { token, expiresAt },
      { headers: { "set-cookie": cookie } },
    );
  },

  async getMe({ principal, reply }) {
    const account = await customerStorage.findAccount(database(), {
      id: principal.id,
    });
    return account ? reply.ok(account.customer) : reply.unauthorized();
  },

  async patchMe({ body, principal, reply }) {
    const { password, ...rest } = body;
    const customer = await customerStorage.patchCustomer(
      database(),
      principal.id,
      rest,
      password === undefined ? undefined : await hashPassword(password),
    );
    return customer ? reply.ok(customer) : reply.unauthorized();
  },

  async getPreferences({ principal, reply }) {
    return reply.ok(
      await customerStorage.readPreferences(database(), principal.id),
    );
  },

  async replacePreferences({ body, principal, reply }) {
    await customerStorage.replacePreferences(database(), principal.id, body);
    return reply.ok(body);
  },
};
