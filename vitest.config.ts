import { defineConfig } from "vitest/config";

/** Tests run against sources: the `@kontract/source` condition leads to `src/*.ts`, so no build stands in between. */
export default defineConfig({
  resolve: { conditions: ["@kontract/source"] },
  ssr: {
    resolve: {
      conditions: ["@kontract/source"],
      externalConditions: ["@kontract/source"],
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: "forks",
  },
});
