#!/usr/bin/env node
// The program `kontract`: a plain file, so that it is there before anything is built.
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";

const built = new URL("../dist/cli.js", import.meta.url);
// written last
const finished = new URL("../dist/build.json", import.meta.url);
if (existsSync(finished)) {
  // Node 22 and later keep compiled code; the first run pays for the next ones.
  nodeModule.enableCompileCache?.();
  // whoever reads our output may have read enough
  process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
  const { main } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write(
    "kontract: the program is not built; run `npm run build` in its folder first\n",
  );
  process.exitCode = 4;
}
