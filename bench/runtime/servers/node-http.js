/** By hand on node:http: no framework, no router, no validation. */
import { createServer } from "node:http";
import { createThing, findThing, listThings } from "../things.js";
import { listening, readText } from "./listening.js";

const PREFIX = "/things/";

export function serve() {
  const server = createServer(async (req, res) => {
    const { url } = req;
    if (req.method === "POST") {
      answer(res, 201, createThing(JSON.parse(await readText(req))));
    } else if (url.startsWith(PREFIX)) {
      answer(res, 200, findThing(url.slice(PREFIX.length)));
    } else {
      const query = new URLSearchParams(url.slice(url.indexOf("?") + 1));
      const list = listThings({
        page: Number(query.get("page") ?? 1),
        limit: Number(query.get("limit") ?? 20),
        state: query.get("state") ?? undefined,
        minPrice: Number(query.get("minPrice") ?? 0),
      });
      answer(res, 200, list);
    }
  });
  return listening(server.listen(0, "127.0.0.1"));
}

function answer(res, status, value) {
  const text = JSON.stringify(value);
  res.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  res.end(text);
}
