import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { backendNames } from "../../src/ensemble/backends.ts";
import { foundAt } from "./sources.ts";

const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** What each room may import besides itself. `numerics`, `random` and `linear-algebra` serve any room. */
const free = ["numerics", "random", "linear-algebra", "figures"];
const allowed: Record<string, readonly string[]> = {
  "result-parts": ["ensemble", "experiment", "fokker-planck", "statistics"],
  expression: [],
  numerics: [],
  random: [],
  "linear-algebra": [],
  figures: ["result-parts", "transport", "physics", "experiment"],
  transport: ["expression"],
  physics: ["expression", "transport"],
  integrators: ["expression", "transport", "physics"],
  experiment: ["expression", "transport", "physics", "integrators"],
  ensemble: ["expression", "transport", "physics", "integrators", "experiment"],
  "fokker-planck": ["expression", "transport", "physics", "integrators", "experiment"],
  theory: ["expression", "transport", "physics", "integrators", "experiment"],
  statistics: [
    "expression",
    "transport",
    "physics",
    "integrators",
    "experiment",
    "ensemble",
    "fokker-planck",
    "theory",
  ],
  observables: [
    "result-parts",
    "expression",
    "transport",
    "physics",
    "integrators",
    "experiment",
    "ensemble",
    "fokker-planck",
    "theory",
    "statistics",
  ],
  traces: ["expression", "statistics"],
};
const top = ["version", "run", "sweep", "result", "report", "index", "library", "cli", "bench"];

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".ts"),
);
const room = (file: string): string => (file.includes(sep) ? file.split(sep)[0] : file.replace(/\.ts$/, ""));
const text = (file: string): string => readFileSync(join(source, file), "utf8");
/** What code names by import, of types and at run time too, whatever its quotes and whatever comment stands before it. */
const targetsIn = (code: string): string[] =>
  [...code.matchAll(/\b(?:from|import)\s*\(?\s*(?:\/\*[^*]*\*\/\s*)?(["'`])(\.[^"'`]+)\1/g)].map(
    ([, , target]) => target,
  );
const imports = (file: string): string[] =>
  targetsIn(text(file))
    .flatMap((target) => foundAt(join(source, dirname(file)), target))
    .map(({ path }) => relative(source, join(source, dirname(file), path)));
/** Circles of files that name each other, types included. */
function cyclesIn(names: readonly string[], importsOf: (file: string) => readonly string[]): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    else if (!done.has(file)) {
      for (const next of importsOf(file)) walk(next, [...path, file]);
      done.add(file);
    }
  };
  for (const file of names) walk(file, []);
  return cycles;
}

const pageRoot = fileURLToPath(new URL("../../web/", import.meta.url));
const pageFiles = readdirSync(pageRoot, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".ts"),
);
const pageImports = (file: string): string[] =>
  targetsIn(readFileSync(join(pageRoot, file), "utf8"))
    .filter((target) => target.endsWith(".ts"))
    .flatMap((target) => foundAt(join(pageRoot, dirname(file)), target))
    .map(({ path }) => relative(pageRoot, join(pageRoot, dirname(file), path)));
/** Rooms of the page, lowest first: each may import those before it, and `src`. */
const pageRooms = [
  "values",
  "offline",
  "elements",
  "workers",
  "presets",
  "state",
  "save",
  "sphere",
  "plots",
  "form",
  "shell",
];

describe("the house", () => {
  it("has import arrows that go one way only", () => {
    const wrong: string[] = [];
    for (const file of files)
      for (const target of imports(file)) {
        const [from, to] = [room(file), room(target)];
        if (from === to || free.includes(to) || !(from in allowed)) continue;
        if (!allowed[from].includes(to)) wrong.push(`${file} imports ${target}`);
      }
    expect(wrong).toEqual([]);
  });

  it("knows every room", () => {
    const unknown = [...new Set(files.map(room))].filter((name) => !(name in allowed) && !top.includes(name));
    expect(unknown).toEqual([]);
  });

  it("has no import cycles, of types neither", () => {
    expect(cyclesIn(files, imports)).toEqual([]);
    expect(cyclesIn(pageFiles, pageImports)).toEqual([]);
  });

  it("has a page whose import arrows go one way only", () => {
    const roomOf = (file: string): string => file.split(sep)[0];
    const inRooms = pageFiles.filter((file) => file.includes(sep));
    expect(inRooms.filter((file) => !pageRooms.includes(roomOf(file)))).toEqual([]);
    const wrong = inRooms.flatMap((file) =>
      pageImports(file)
        .filter((target) => !target.startsWith(".."))
        .filter((target) => pageRooms.indexOf(roomOf(target)) > pageRooms.indexOf(roomOf(file)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("sees an import however it is written", () => {
    const written = [
      'import type { A } from "./a.ts";',
      "export * from './a.ts';",
      "const { a } = await import(`./a.ts`);",
      'import(/* a word aside */ "./a.ts")',
      'let a: typeof import("./a.ts");',
      'import {\n  a,\n} from\n  "./a.ts";',
      'import "./a.ts";',
    ];
    expect(written.filter((line) => targetsIn(line).join() !== "./a.ts")).toEqual([]);
  });

  it("keeps the exact side and the ensemble out of the page's own thread", () => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const reached = new Set<string>();
    const walk = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      const code = readFileSync(file, "utf8").replace(/(?:import|export) type [^;]*;/g, "");
      // what is loaded later comes to this thread all the same
      for (const target of targetsIn(code)) if (target.endsWith(".ts")) walk(join(dirname(file), target));
    };
    walk(join(root, "web/shell/page.ts"));
    const heavy = ["src/observables/index.ts", "src/fokker-planck/solve.ts", "src/ensemble/simulate.ts"];
    expect(heavy.filter((file) => reached.has(join(root, file)))).toEqual([]);
    expect(reached.size).toBeGreaterThan(50);
  });

  it("keeps the backends apart", () => {
    const wrong: string[] = [];
    for (const file of files) {
      const own = backendNames.find((name) => file.startsWith(join("ensemble", name)));
      for (const target of own ? imports(file) : []) {
        const other = backendNames.find(
          (name) => name !== own && target.startsWith(join("ensemble", name) + sep),
        );
        if (other) wrong.push(`${file} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ["GPUDevice", /\bGPUDevice\b/],
    ["new Function", /\bnew Function\(/],
    ["gpu.js", /["']gpu\.js["']/],
    ["process.argv", /process\.argv/],
  ])("mentions %s in one file at most", (_, pattern) => {
    const holders = files.filter((file) => pattern.test(text(file)));
    expect(holders.length).toBeLessThanOrEqual(1);
  });

  it("has shaders embedded as they stand in shaders/", async () => {
    const { generate } = (await import("../../scripts/embed-shaders.mjs" as string)) as {
      generate(): string;
    };
    const embedded = readFileSync(join(source, "ensemble/webgpu/shaders.gen.ts"), "utf8");
    expect(embedded === generate(), "run node scripts/embed-shaders.mjs").toBe(true);
  });
});
