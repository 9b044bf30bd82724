import ts from "typescript";
import { expect, it } from "vitest";
import { programFiles, textOf } from "./sources.ts";

/** Lines of a function, its name and parameters included. */
const most = 80;

/**
 * Functions that are longer, with what they may have at most and why they are one thing. Whoever shortens one to the limit takes it
 * out of this list.
 */
const longer: Readonly<Record<string, readonly [number, string]>> = {
  "src/fokker-planck/full-sphere.ts solveFullSphere": [
    161,
    "one search for a resolution, whose parts share what was spent and what is known; to be split",
  ],
  "src/fokker-planck/full-sphere.ts compare": [
    95,
    "the verdict on two resolutions; to be split with the search",
  ],
  "web/workers/simulation.ts start": [114, "one sequence from a request to a running ensemble"],
  "src/physics/wells/landscape.ts descend": [87, "one walk down, step by step"],
  "src/observables/spectrum/step-bias.ts covariances": [97, "one derivation in the order of its equations"],
  "src/expression/largest-value.ts largestValue": [
    97,
    "one branch and bound: visit, dive and climb share its bounds",
  ],
  "src/run/fit.ts fitExperiment": [92, "one fit from its points to its result"],
  "src/cli/attended-run.ts attendedRun": [92, "one run with every way that it can end"],
  "src/fokker-planck/axial.ts solveAxial": [88, "one solution with the answers it has"],
  "src/ensemble/webgpu/step-text.ts stepWriter": [85, "writes one WGSL text"],
  "src/ensemble/wasm/step.ts advanceTile": [85, "writes one WebAssembly function"],
  "src/statistics/fit.ts fitLeastSquares": [82, "one damped least-squares iteration"],
  "src/ensemble/webgpu/groups.ts prepareGroups": [82, "one ensemble on a device, method by method"],
};

/** Functions with more lines than the limit, as "file name": lines. */
function longFunctions(file: string): [string, number][] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const found: [string, number][] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
      const name = (
        node.name ?? ("name" in node.parent ? (node.parent.name as ts.Node) : undefined)
      )?.getText();
      if (lines > most) found.push([`${file} ${name ?? "anonymous"}`, lines]);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

const found = new Map(programFiles.flatMap(longFunctions));

it(`functions have ${most} lines at most, but for those that are one thing`, () => {
  const tooLong = [...found].filter(([name, lines]) => lines > (longer[name]?.[0] ?? most));
  expect(tooLong).toEqual([]);
});

it("the list of longer ones names none that is short by now", () => {
  expect(Object.keys(longer).filter((name) => !found.has(name))).toEqual([]);
});
