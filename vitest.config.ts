import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Dawn and the worker pools want processes of their own; two of them fill the smallest machine
    pool: "forks",
    maxWorkers: 2,
  },
});
