import { defineConfig } from "vitest/config";

// rooms whose tests share the modules once loaded, and one instance of Dawn; the others change the catalogues or load Dawn where it cannot be
const shared = [
  "bench",
  "calibration",
  "cases",
  "cli",
  "cluster",
  "ensemble",
  "experiment",
  "expression",
  "fokker-planck",
  "house",
  "laws",
  "linear-algebra",
  "observables",
  "oracle",
  "package",
  "papers",
  "physics",
  "python",
  "random",
  "report",
  "run",
  "statistics",
  "sweep",
  "theory",
  "traces",
  "transport",
].map((room) => `test/${room}/**/*.test.ts`);

/**
 * The exact side's thread from the built file, which begins in a tenth of the time that its source takes. That a program run from
 * its source finds its thread is a test of its own.
 */
const builtThread = {
  name: "built-thread",
  enforce: "pre" as const,
  transform(code: string, id: string): string | undefined {
    if (!id.endsWith("/src/run/thread/thread.ts")) return undefined;
    const [source, built] = ['"./worker.ts"', '"../../../dist/exact-thread.js"'];
    if (!code.includes(source)) throw new Error(`thread.ts names no ${source} any more`);
    return code.replace(source, built);
  },
};

export default defineConfig({
  plugins: [builtThread],
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Dawn and the worker pools want processes of their own
    pool: "forks",
    maxWorkers: 2,
    // bundled once and kept: mathjs alone is a thousand files, which every test file would load again
    deps: { optimizer: { ssr: { enabled: true, include: ["mathjs/number", "zod", "yaml", "ml-matrix"] } } },
    // what is timed comes last, alone on the machine
    projects: [
      {
        extends: true,
        test: {
          name: "program",
          include: ["test/**/*.test.ts"],
          exclude: ["test/web/**", ...shared],
          globalSetup: "test/build-command.ts",
          // one more than the smallest machine has cores: many wait for a device or for a command
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "program: shared",
          include: shared,
          globalSetup: "test/build-command.ts",
          isolate: false,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "page",
          include: ["test/web/**/*.test.ts"],
          exclude: ["test/web/alone/**"],
          globalSetup: "test/build-page.ts",
          // one browser for each process
          isolate: false,
          testTimeout: 300_000,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "page alone",
          include: ["test/web/alone/*.test.ts"],
          globalSetup: "test/build-page.ts",
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
