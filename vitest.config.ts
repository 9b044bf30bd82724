import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Dawn and the worker pools want processes of their own; two of them fill the smallest machine
    pool: "forks",
    maxWorkers: 2,
    // the page is timed and watched while it runs: it gets the machine for itself, after everything else
    projects: [
      {
        extends: true,
        test: {
          name: "program",
          include: ["test/**/*.test.ts"],
          exclude: ["test/web/**"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "page", include: ["test/web/**/*.test.ts"], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
