/** The same contract over HTTP/2, where there are no phrases and no chunks. */
import { once } from "node:events";
import {
  connect,
  createServer,
  type ClientHttp2Session,
  type Http2Server,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { lab } from "../fixture/lab.js";
import { kinds } from "../fixture/serve.js";

let server: Http2Server | undefined;
let client: ClientHttp2Session | undefined;
afterEach(() => {
  client?.destroy();
  server?.close();
});

describe.each(kinds)("%s", (_kind, make) => {
  async function ask(headers: Record<string, string>, body?: string) {
    const request = client?.request(headers, { endStream: body === undefined });
    if (request === undefined) throw new Error("not connected");
    if (body !== undefined) request.end(body);
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (text += chunk));
    const [answer] = (await once(request, "response")) as [
      Record<string, unknown>,
    ];
    await once(request, "end");
    return [answer[":status"], answer["content-type"], text];
  }

  it("answers operations, reads bodies without a length, and refuses as ever", async () => {
    const app = make();
    app.use(
      lab([
        { id: "one" },
        {
          id: "two",
          method: "POST",
          body: { required: true, media: { "application/json": "json" } },
          handle: ({ body }) => ({ status: 200, body }),
        },
      ]).routes(),
    );
    server = createServer(app.callback());
    server.listen(0);
    await once(server, "listening");
    client = connect(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    const json = "application/json";
    expect(await ask({ ":path": "/thing" })).toEqual([
      200,
      json,
      '{"id":"one"}',
    ]);
    const post = { ":path": "/thing", ":method": "POST", "content-type": json };
    expect(await ask(post, '{"a":1}')).toEqual([200, json, '{"a":1}']);
    const problem = "application/problem+json";
    expect((await ask(post)).slice(0, 2)).toEqual([400, problem]);
    expect((await ask(post, "{")).slice(0, 2)).toEqual([400, problem]);
    expect(
      (await ask({ ":path": "/thing", ":method": "PUT" })).slice(0, 2),
    ).toEqual([405, problem]);
    expect((await ask({ ":path": "/none" })).slice(0, 2)).toEqual([
      404,
      problem,
    ]);
  });
});
