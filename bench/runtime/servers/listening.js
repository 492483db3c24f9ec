/** Resolves when a node server listens on a free local port. */
import { once } from "node:events";

export async function listening(server) {
  if (!server.listening) await once(server, "listening");
  return server;
}

/** The body of a request as text, in the cheapest way that node:http documents. */
export function readText(req) {
  return new Promise((resolve, reject) => {
    let text = "";
    req.setEncoding("utf8");
    req.on("data", (chunk) => {
      text += chunk;
    });
    req.on("end", () => resolve(text));
    req.on("error", reject);
  });
}
