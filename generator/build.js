// After the compiler: names the build, so that code of another build is generated again.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sourceDigest } from "./dist/version.js";

const digest = sourceDigest(fileURLToPath(new URL(".", import.meta.url)));
writeFileSync(
  new URL("dist/build.json", import.meta.url),
  `${JSON.stringify({ digest })}\n`,
);
