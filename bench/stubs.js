/** The generated handlers of a service, by group; apart from what compiles them, which must not weigh on a measured process. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

export async function stubs(folder) {
  const handlers = {};
  for (const file of readdirSync(join(folder, "handlers"))) {
    if (!file.endsWith(".js")) continue;
    Object.assign(handlers, await import(join(folder, "handlers", file)));
  }
  return handlers;
}
