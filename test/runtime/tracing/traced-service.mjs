// A service with the SDK of OpenTelemetry, in a process of its own: exporter and collector by OTEL_ variables.
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { NodeSDK } from "@opentelemetry/sdk-node";

const sdk = new NodeSDK({ instrumentations: [new HttpInstrumentation()] });
sdk.start();
await import("./traced-app.ts");
process.on("SIGTERM", async () => {
  await sdk.shutdown();
  process.exit(0);
});
