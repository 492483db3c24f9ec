/** Secrets of people: how they are made, kept and compared. */
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** What is stored of a password: salt and scrypt key. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt);
  return `${salt.toString("base64url")}.${key.toString("base64url")}`;
}

/** With no hash it takes as long and says no, so that time does not tell which accounts exist. */
export async function isPassword(
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  const [salt, key] = (hash ?? ".").split(".");
  const derived = await derive(password, Buffer.from(salt ?? "", "base64url"));
  const stored = Buffer.from(key ?? "", "base64url");
  return stored.length === KEY_BYTES && timingSafeEqual(derived, stored);
}

/** A session token; nobody can guess it. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. It is random, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Compares in a time that does not depend on where the two differ. */
export function isSameSecret(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
