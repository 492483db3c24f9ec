/** The SDK of OpenTelemetry in a child process, and a collector that takes what it exports. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  attributes: Attribute[];
  events?: { name: string }[];
}

it("names spans by route, goes on with the client's trace, and logs its ids", async () => {
  const spans: Span[] = [];
  const collector = createServer((req, res) => {
    let text = "";
    req.on("data", (chunk: Buffer) => (text += chunk.toString()));
    req.on("end", () => {
      for (const { scopeSpans } of JSON.parse(text).resourceSpans ?? []) {
        for (const scope of scopeSpans) spans.push(...scope.spans);
      }
      res.setHeader("Content-Type", "application/json").end("{}");
    });
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const { port: collectorPort } = collector.address() as AddressInfo;
  const child = spawn(
    process.execPath,
    [
      "--conditions=@kontract/source",
      "--import",
      "tsx",
      fileURLToPath(new URL("traced-service.mjs", import.meta.url)),
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
        OTEL_TRACES_EXPORTER: "otlp",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
        OTEL_NODE_RESOURCE_DETECTORS: "none",
      },
    },
  );
  try {
    const lines: string[] = [];
    const output = createInterface(child.stdout);
    output.on("line", (line) => lines.push(line));
    await Promise.race([once(output, "line"), once(child, "exit")]);
    const url = `http://127.0.0.1:${lines.shift()?.slice(5)}`;
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const parent = "b7ad6b7169203331";
    const headers = { traceparent: `00-${traceId}-${parent}-01` };
    for (const path of ["/books/7", "/books/8/fail", "/nowhere"]) {
      await (await fetch(`${url}${path}`, { headers })).arrayBuffer();
    }
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    const found = new Map(
      spans.map((span) => [
        span.name,
        {
          ...span,
          attributes: Object.fromEntries(
            span.attributes.map(({ key, value }) => [
              key,
              Object.values(value)[0],
            ]),
          ),
        },
      ]),
    );
    expect([...found.keys()].sort()).toEqual([
      "GET",
      "GET /books/{bookId}",
      "GET /books/{bookId}/fail",
    ]);
    const fine = found.get("GET /books/{bookId}");
    expect(fine).toMatchObject({
      traceId,
      parentSpanId: parent,
      attributes: {
        "http.route": "/books/{bookId}",
        "openapi.operation_id": "getBook",
      },
    });
    expect(found.get("GET /books/{bookId}/fail")).toMatchObject({
      attributes: { "error.type": "RangeError" },
      events: [{ name: "exception" }],
    });
    const [logged] = lines.map((line) => JSON.parse(line));
    expect(logged).toMatchObject({ trace_id: traceId, span_id: fine?.spanId });
  } finally {
    child.kill("SIGKILL");
    collector.close();
  }
});
