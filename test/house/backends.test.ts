import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { aboutBackends, backendNames } from "../../src/ensemble/backends.ts";
import { candidates } from "../../src/ensemble/choose.ts";
import type { Availability, Backend } from "../../src/ensemble/kernel.ts";
import { backends } from "../../src/run/backends.ts";
import { codeOf, programFiles as files, filesBelow, root } from "./sources.ts";

/** Code without comments; a canvas has a context of that name, and a package. */
const code = (file: string): string => codeOf(file).replace(/getContext\("webgpu"\)|import\("webgpu"\)/g, "");

describe("a backend", () => {
  it.each(backendNames)(
    "%s is named in its own folder alone, and in the benchmark, which says what it times",
    (name) => {
      const text = new RegExp(`["'\`]${name}["'\`]`);
      const named = files.filter((file) => text.test(code(file)));
      const outside = named.filter(
        (file) => !file.startsWith("src/bench/") && !file.startsWith(`src/ensemble/${name}/`),
      );
      expect(outside).toEqual([]);
      expect(named).toContain(`src/ensemble/${name}/about.ts`);
    },
  );

  it("is a folder that says what it is, in the list", () => {
    const folders = readdirSync(join(root, "src/ensemble")).filter((name) =>
      existsSync(join(root, "src/ensemble", name, "about.ts")),
    );
    expect(folders.toSorted()).toEqual(backendNames.toSorted());
  });

  it.each(backendNames)("%s is one line: its folder holds the code, found by its name", async (name) => {
    const folder = (await import(`../../src/ensemble/${name}/index.ts`)) as Record<string, Backend>;
    const about = aboutBackends[name];
    expect(folder[name]).toMatchObject(about);
    expect(about.countsGroups).toBe(folder[name].prepareGroups !== undefined);
    const later = backends.filter((backend) => backend.name === name);
    expect(later).toMatchObject([about]);
    expect(later[0].prepareGroups !== undefined).toBe(about.countsGroups);
    // the library hands some on by name, and the page's workers close a device
    const opened = new RegExp(`["'\`][./\\w-]*/${name}/(about|index)\\.ts["'\`]`);
    const inside = files.filter((file) => file.startsWith("src/") && file !== "src/index.ts");
    expect(inside.filter((file) => opened.test(code(file)))).toEqual(["src/ensemble/backends.ts"]);
  });

  it("prints what the kernel and its one lowering give it", () => {
    // formulas and their printers, numbers drawn at random, and of the ensemble what knows no observer
    const given =
      /^src\/(expression|random|linear-algebra|numerics)\/|^src\/physics\/model\.ts$|^src\/ensemble\/((about-backend|copying|kernel|lowered|room|snapshot|tally|workers)\.ts$|initial\/(pieces|recipe)\.ts$)/;
    for (const name of backendNames) {
      const imported = filesBelow(`src/ensemble/${name}`).flatMap((file) =>
        [...code(file).matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target]) =>
          join(dirname(file), target).replaceAll("\\", "/"),
        ),
      );
      const outside = imported.filter((target) => !target.startsWith(`src/ensemble/${name}/`));
      expect(outside.length).toBeGreaterThan(0);
      expect(outside.filter((target) => !given.test(target))).toEqual([]);
    }
  });

  it("finds the places of counters, and which are due, in the one lowering", () => {
    const holders = (pattern: RegExp): string[] =>
      filesBelow("src/ensemble").filter((file) => pattern.test(code(file)));
    // observers become the kernel's counters and events in the plan
    expect(holders(/\bobservers?\.(watch|events|views|registers|finished)\b/)).toEqual([
      "src/ensemble/plan.ts",
    ]);
    // counters of events come after those of every step
    expect(holders(/\b(?<!layout\.)watch\.length\b/)).toEqual([
      "src/ensemble/lowered.ts",
      "src/ensemble/plan.ts",
    ]);
    expect(holders(/\.\.\.(\w+\.)?watch,/)).toEqual(["src/ensemble/tally.ts"]);
    expect(holders(/new Set\([^;]*\bevery\b[^;]*\)/)).toEqual(["src/ensemble/tally.ts"]);
    expect(holders(/\babsorbScales\(/)).toEqual(["src/ensemble/tally.ts"]);
  });

  it("takes the parts of a step, and their order, from the one lowering", () => {
    const holders = (pattern: RegExp): string[] =>
      filesBelow("src/ensemble").filter((file) => pattern.test(code(file)));
    expect(holders(/\bbySteps\(/)).toEqual(["src/ensemble/lowered.ts"]);
    expect(holders(/\blowered\(/)).toEqual([
      "src/ensemble/lowered.ts",
      "src/ensemble/gpujs/ensemble.ts",
      "src/ensemble/reference/program.ts",
      "src/ensemble/wasm/step.ts",
      "src/ensemble/webgpu/reshaped.ts",
    ]);
    // events and conditions of tallies are taken apart there; without them, for a backend that has no events, beside it
    expect(holders(/\{ \.\.\.tally, (when|index|value)\b|\bkernel\.events\b|\bevents = \[\]/)).toEqual([
      "src/ensemble/lowered.ts",
      "src/ensemble/tally.ts",
    ]);
  });

  it("takes the place that its rank gives it: a real GPU, then what is written for processors", async () => {
    const orderWhere = async (isReal: (name: string) => boolean): Promise<string[]> => {
      const there = backends.map((backend): Backend => {
        const { name, usesGraphics } = backend;
        const software = !usesGraphics || !isReal(name);
        const probe = async (): Promise<Availability> => ({ available: true, adapter: "a test", software });
        return { ...backend, probe };
      });
      // a further backend may come anywhere between these
      return (await candidates(there)).map(({ name }) => name).filter((name) => four.includes(name));
    };
    const four = ["webgpu", "wasm", "gpujs", "reference"];
    expect(await orderWhere(() => true)).toEqual(four);
    expect(await orderWhere(() => false)).toEqual(["wasm", "webgpu", "reference", "gpujs"]);
  });
});
