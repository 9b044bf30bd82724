import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { constant, mul } from "../../src/expression/expression.ts";
import type { Exact, FokkerPlanckSolution } from "../../src/fokker-planck/index.ts";
import {
  autocorrelation,
  demand,
  dwellTimes,
  exactly,
  outOfReach,
  powerSpectrum,
  solveAxial,
  solveFokkerPlanck,
  solveFullSphere,
  stationaryEntropyProduction,
} from "../../src/fokker-planck/index.ts";
import { refineUntilTwoAgree } from "../../src/fokker-planck/refinement.ts";
import { Interrupted } from "../../src/linear-algebra/interruption.ts";
import { dynamicsOf, mz, uniaxial } from "../fokker-planck/macrospins.ts";
import { codeOf, filesBelow, nodesIn, programFiles, treeOfCode } from "./sources.ts";

const room = fileURLToPath(new URL("../../src/fokker-planck/", import.meta.url));
const sources = readdirSync(room, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file): [string, string] => [file, readFileSync(join(room, file), "utf8")]);

/** Loops that are no refinement: an evolution backwards, from one stop to the one before. */
const iterations: readonly string[] = ["src/fokker-planck/importance.ts"];

/** Texts of the loops of a file, and of functions that call themselves. */
function loopsOf(file: string, code = codeOf(file)): string[] {
  const source = treeOfCode(code, file);
  const found: string[] = [];
  for (const node of nodesIn(source)) {
    const name = ts.isFunctionDeclaration(node)
      ? node.name
      : ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer)
        ? node.name
        : undefined;
    const callsItself =
      name !== undefined &&
      (node.getText().match(new RegExp(`\\b${name.getText()}\\(`, "g")) ?? []).length >
        (ts.isFunctionDeclaration(node) ? 1 : 0);
    if (ts.isIterationStatement(node, false) || callsItself) found.push(node.getText());
  }
  return found;
}

/** Whether a loop ends where two neighbours of a list agree, or a function calls itself unless two answers of its own differ little. */
const comparesNeighbours = (loop: string): boolean =>
  ([...loop.matchAll(/(\w+)\[(\w)\]\(?\)?[^;\n]*\b\1\[\2 - 1\]\(?\)?/g)].length > 0 &&
    /\b(apart|difference|error|change|disagree\w*|agree\w*)\b[^;\n]*<=? [^;]*(break|return)\b/.test(loop)) ||
  /^(function )?\w+[\s\S]*Math\.abs\((\w+) - (\w+)\) <=? [^;]*\? \w+ : \w+\(/.test(loop) ||
  // a table of extrapolations that grows until its last errors are small enough
  /\b(errors|differences|changes)\.every\([^;]*\)\) (break|return)\b/.test(loop);

const comparesWithBefore = (loop: string): boolean =>
  comparesNeighbours(loop) ||
  [...loop.matchAll(/^\s*(\w+) = (\w+);|; (\w+) = (\w+);/gm)].some((found) => {
    const [before, now] = [found[1] ?? found[3], found[2] ?? found[4]];
    const difference = [now, before].join("\\b[^;]*- [^;]*\\b");
    const reverse = [before, now].join("\\b[^;]*- [^;]*\\b");
    return new RegExp(`\\b(abs|hypot|max)\\([^;]*\\b(${difference}|${reverse})\\b`).test(loop);
  });

describe("refining until two agree", () => {
  /** Newton's iteration for √2, a level a step. */
  const root = (levels: number, tolerance: number) =>
    refineUntilTwoAgree<number, number, number>({
      first: 0,
      solve: (_, x = 2) => exactly(x / 2 + 1 / x),
      finer: (level) => (level < levels ? level + 1 : undefined),
      compare({ coarse, fine }) {
        const difference = Math.abs(fine - coarse);
        if (difference <= tolerance) return { enough: exactly(fine, difference) };
        return { useful: difference < 0.1 ? (reason) => exactly(fine, reason.length) : undefined };
      },
      unresolved: (level) => `${level} levels`,
    });

  it("gives the finer of the first two that agree, with their difference", () => {
    const found = root(20, 1e-9);
    expect(found.value).toBeCloseTo(Math.SQRT2, 14);
    expect(found.errorEstimate).toBeLessThan(1e-9);
  });

  it("gives what is useful where levels end, and else the reason", () => {
    expect(root(2, 1e-9)).toEqual({ value: expect.closeTo(Math.SQRT2, 4), errorEstimate: "2 levels".length });
    expect(root(0, 1e-9)).toEqual({ value: null, reason: "0 levels" });
  });

  it.each([
    [
      "refused",
      (): Exact<number> => {
        return outOfReach("too expensive");
      },
    ],
    [
      "interrupted",
      (): Exact<number> => {
        throw new Interrupted("too expensive");
      },
    ],
  ])("keeps what is useful of levels before one that is %s", (_, last) => {
    const find = (isUseful: boolean) =>
      refineUntilTwoAgree<number, number, string>({
        first: 0,
        solve: (level) => (level === 2 ? last() : exactly(level)),
        finer: (level) => level + 1,
        compare: ({ fine }) => ({ useful: isUseful ? (reason) => exactly(`${fine}: ${reason}`) : undefined }),
        unresolved: String,
      });
    expect(find(true).value).toBe("1: too expensive");
    expect(find(false)).toEqual({ value: null, reason: "too expensive" });
  });

  it("is one loop: no other compares a coarse answer with a fine one", () => {
    const loops = sources.filter(([, text]) =>
      /^\s+(coarse|coarser) = |\bbefore = now\.value|\bknown = settled\b/m.test(text),
    );
    expect(loops.map(([file]) => file)).toEqual(["refinement.ts"]);
    // a Krylov space that grows until two sizes agree is one function too
    const enlarged = filesBelow("src").filter((file) => /\bkrylov\(/.test(codeOf(file)));
    expect(enlarged).toEqual(["src/linear-algebra/agreed-space.ts", "src/linear-algebra/arnoldi.ts"]);
    const grown = filesBelow("src").filter((file) =>
      /\b(before|known|previous|last)\??(\.\w+)?\.every\(\(\w+, \w+\) =>/.test(codeOf(file)),
    );
    expect(grown).toEqual([]);
    // in a loop, an answer is compared with the one before, which it then replaces
    const repeated = programFiles
      .filter((file) => file !== "src/fokker-planck/refinement.ts")
      .filter((file) => loopsOf(file).some(comparesWithBefore));
    expect(repeated).toEqual(iterations);
    expect(
      [
        "function f(n) { const [a, b] = [g(n), g(2 * n)]; return Math.abs(a - b) < 1e-9 ? b : f(2 * n); }",
        "for (let i = 1; i < n; i++) { const [a, b] = [found[i](), found[i - 1]()]; const error = difference(a, b); if (error < tolerance) break; }",
        "for (let i = 0; i < n; i++) { table = nextRow(table, f(i)); errors = errorsOf(table); if (errors.every((e) => e < 1e-9)) break; }",
        "for (;;) {\n  const now = f(n);\n  if (Math.abs(now - before) < 1e-9) break;\n  before = now;\n}",
      ].filter((code) => !loopsOf("x.ts", code).some(comparesWithBefore)),
    ).toEqual([]);
    const users = sources.filter(([, text]) => text.includes("refineUntilTwoAgree<"));
    expect(users.length).toBeGreaterThanOrEqual(8);
  });
});

describe("both solvers", () => {
  const dynamics = dynamicsOf({ delta: 2, alpha: 0.5, energy: uniaxial() });
  const solutions: readonly FokkerPlanckSolution[] = [
    demand(solveAxial(dynamics, [0, 0, 1], {})),
    demand(solveFullSphere(dynamics, {})),
  ];
  const account = { energyOverKT: mul(2, uniaxial()), alpha: 0.5 };

  /** Every question that anything above asks of a solution. */
  const questions: Readonly<Record<string, (solution: FokkerPlanckSolution) => Exact<readonly number[]>>> = {
    stationary: (solution) => numbers(solution.stationary(), ({ m, mm }) => [...m, ...mm]),
    eigenvalues: (solution) => numbers(solution.eigenvalues(4), (rates) => rates.map(({ re }) => re)),
    "slowest rate": ({ slowestRate }) => numbers(slowestRate, (rate) => [rate]),
    evolve: (solution) =>
      numbers(solution.evolve({ direction: [0.6, 0, 0.8] }, [0.5, 3]), (densities) =>
        densities.flatMap(({ m, mm }) => [...m, ...mm]),
      ),
    generator: (solution) => numbers(solution.generator(8, 8), ({ index }) => [index.lmax]),
    dwell: (solution) =>
      numbers(
        dwellTimes(solution, { axis: [0, 0, 1], up: 0.5, down: -0.5 }),
        ({ up, down, occupationUp }) => [demand(up), demand(down), occupationUp],
      ),
    spectrum: (solution) =>
      numbers(powerSpectrum(solution, mz, [0, 0.1]), ({ oneSidedPower }) => oneSidedPower),
    autocorrelation: (solution) =>
      numbers(autocorrelation(solution, mz, [0, 1, 4]), ({ covariance }) => covariance),
    "entropy production": (solution) =>
      numbers(stationaryEntropyProduction(solution, account), ({ total }) => [total]),
  };

  it.each(Object.entries(questions))("answer the same: %s", (_, ask) => {
    const [axial, sphere] = solutions.map((solution) => demand(ask(solution)));
    expect(axial.length).toBeGreaterThan(0);
    axial.forEach((x, i) => {
      expect(Math.abs(x - sphere[i])).toBeLessThan(1e-5 * Math.max(1, Math.abs(x)));
    });
  });

  it("offer the same questions", () => {
    const asked = (solution: FokkerPlanckSolution) =>
      Object.entries(solution).flatMap(([key, value]) => (typeof value === "function" ? [key] : []));
    const [axial, sphere] = solutions.map(asked);
    expect(sphere.toSorted()).toEqual(axial.filter((key) => sphere.includes(key)).toSorted());
    expect(sphere).toEqual(expect.arrayContaining(["stationary", "eigenvalues", "evolve", "generator"]));
  });

  it("decline with a reason", () => {
    const steep = dynamicsOf({ delta: 40000, alpha: 0.5, energy: uniaxial() });
    expect(solveAxial(steep, [0, 0, 1], {}).reason).toMatch(/kT is beyond double precision/);
    expect(solveFullSphere(steep, {}).reason).toMatch(/kT need harmonics of at least degree/);
    const cold = { ...dynamics, diffusion: constant(0) };
    expect(solveFokkerPlanck(cold).reason).toMatch(/at zero temperature/);
  });
});

function numbers<T>(found: Exact<T>, of: (value: T) => readonly number[]): Exact<readonly number[]> {
  return found.reason === undefined ? exactly(of(found.value)) : outOfReach(found.reason);
}
