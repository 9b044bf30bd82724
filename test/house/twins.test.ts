import ts from "typescript";
import { describe, expect, it } from "vitest";
import { codeOf, filesBelow, nodesIn, programFiles, treeOf, treeOfCode } from "./sources.ts";

const holders = (pattern: RegExp): string[] => programFiles.filter((file) => pattern.test(codeOf(file)));

/** What stood in several places once, and the one place where it stands. */
const once: readonly [string, RegExp, string][] = [
  [
    "the steepest-descent basin that holds a direction",
    /isMinimum\(\w*\.?descend\(/,
    "src/physics/wells/well.ts",
  ],
  [
    "the rate bias that a certificate allows",
    /\w*([rR]ateBias|[bB]iasOf(A|The)?Rate)\w* = 0\.\d/,
    "src/statistics/promised-bias.ts",
  ],
  [
    "the bias of switching times that tests forgive",
    /([fF]orgiven|[bB]ias)\w* = 0\.005\b/,
    "src/statistics/switching-bias.ts",
  ],
  ["the overshoot of a watched walk", /0\.582[56]|0\.583\b|-0\.5826/, "src/integrators/overshoot.ts"],
  [
    "the field of an axial torque, h − a/α − b",
    /- \w+ \/ alpha - |dampingLike \/ alpha - /,
    "src/theory/axial-drive.ts",
  ],
  [
    "order statistics of a trace",
    /slice\(\)\.sort\(\)|\w+\[\w+\.length >> 1\] \/|\[Math\.floor\([\w.]+ \* \(?\w+\.length/,
    "src/numerics/quantiles.ts",
  ],
  [
    "the share of a difference that remains as the error",
    /< fast \* |Math\.sqrt\(difference \/ before\)/,
    "src/fokker-planck/remaining-share.ts",
  ],
  ["the line that says where a result is", /\\nresult in /, "src/cli/write-result.ts"],
  [
    "the lognormal law",
    /sqrt\(Math\.log(1p)?\(|log1p\(\((deviation|sigma|standard)/i,
    "src/physics/spread.ts",
  ],
  [
    "Gauss–Legendre nodes",
    /Math\.cos\(\(?Math\.PI \* \(\w+ [+-] 0\.[27]5\)/,
    "src/numerics/gauss-legendre.ts",
  ],
  [
    "Legendre's recurrence of a list of degrees",
    /\(2 \* \w \+ 1\) \* \w+(\[\w\])? \* p\[|\(2 \* n - 1\) \* \w+ \* p\[/,
    "src/numerics/legendre-polynomials.ts",
  ],
  [
    "cumulative integrals over Gauss panels",
    /function cumulative\(/,
    "src/numerics/cumulative-quadrature.ts",
  ],
  [
    "the eigenvectors of symmetric matrices",
    /EigenvalueDecomposition|0\.5 \* Math\.atan2\(2 \*|[jJ]acobiRotation/,
    "src/linear-algebra/symmetric-eigen.ts",
  ],
  [
    "a spiral of evenly spread directions",
    /3 - Math\.sqrt\(5\)|Math\.PI \* \(1 \+ Math\.sqrt\(5\)\)|2\.39996/,
    "src/numerics/sphere-points.ts",
  ],
  [
    "exponents of a polynomial's key",
    /\b(key|k|exponents)\.split\(["'`],["'`]\)/,
    "src/expression/polynomial.ts",
  ],
  ["bits of a word mixed", /\^ \(?\w+ >>> 1[0-9]\)/, "src/random/mixed.ts"],
  ["the kinds of bins", /kind: "azimuth"; readonly/, "src/physics/binning.ts"],
  ["the kinds of initial states", /type InitialLaw =/, "src/physics/initial/initial-law.ts"],
  [
    "Ψ = αLV and Ω = LV",
    /mul\(mul\(magnet\.alpha, rate\), density|(damping|alpha) \/ 2, energy/,
    "src/physics/magnet.ts",
  ],
  [
    "what is computed once for each object",
    /(\w+) = new WeakMap\b[\s\S]*\b\1(\.get\(\w+\) \?\? (\{ value: )?\w+\(|\.get\(\w+\);\s*if \((!\w+|\w+ === undefined)\))/,
    "src/numerics/once-per.ts",
  ],
  [
    "whether a dynamics changes in time",
    /variablesOf\((\w+\.)?psi, (\w+\.)?omega, (\w+\.)?diffusion\)\.has\("t"\)/,
    "src/physics/dynamics.ts",
  ],
  [
    "the speed of a run",
    /[sS]econds > 0 \? \w*([sS]pinSteps|[wW]ork|[dD]one) \/ |spinStepsPerSecond: 0/,
    "src/run/compared-result.ts",
  ],
  [
    "the field of an anisotropy, 2|K|/Ms",
    /\(2 \* (Math\.abs\()?\w+\)+ \/ (\w+\.)?Ms\b/,
    "src/experiment/units.ts",
  ],
  [
    "the time of a run beside its spreads, as intervals",
    /\.\.\.spreadBox\(|\{ t: \{ low: 0, high: /,
    "src/experiment/spread-box.ts",
  ],
  [
    "which parts of a formula depend on t, and which on m",
    /nodesWith\(\["t"\]|\[\["t"\], \w+\]/,
    "src/expression/separation.ts",
  ],
  [
    "whether an ensemble is stationary from the start",
    /"isEquilibrium" in \w+ && /,
    "src/experiment/starts-in-equilibrium.ts",
  ],
  [
    "another title of an axis",
    /xaxis: \{ \.\.\.(\(\w+\.layout\.)?xaxis\b[^}]*title\b/,
    "src/figures/figure.ts",
  ],
];

describe("what stands in one place", () => {
  it.each(once)("%s", (_, pattern, place) => {
    expect(holders(pattern)).toEqual([place]);
  });
});

/** Functions of fewer nodes are alike by chance; those with a name of their own in a file are alike from fewer on. */
const leastNodes = 30;
const leastOfNamed = 15;

/** Functions that are alike by chance, with what each compares or computes. */
const alikeByChance: readonly (readonly string[])[] = [
  // three fields of rows of a benchmark, and of indices of harmonics
  ["src/bench/run-bench.ts", "src/fokker-planck/harmonics.ts"],
  // a value at a list of keys of any kind, and at a path in one text
  ["src/experiment/input-error.ts", "web/values/difference.ts"],
  // neighbours on a grid of Gauss nodes, and of bins as the shaders have them
  ["src/fokker-planck/probabilities.ts", "web/workers/map-reader.ts"],
  // a slope along two tangents, and a turned point on a canvas
  ["src/physics/wells/saddles.ts", "web/workers/picture.ts"],
  // the largest and the smallest value, a lifetime and a chance: names of functions and fields are numbered, not compared
  ["src/numerics/extremes.ts", "src/numerics/extremes.ts"],
  ["web/plots/at-rest.ts", "web/plots/at-rest.ts"],
  // ways to open a file, counters to and from 64 bits, sum and difference, total and number
  ["src/cli/own-file.ts", "src/cli/own-file.ts"],
  ["src/ensemble/snapshot.ts", "src/ensemble/snapshot.ts"],
  ["src/expression/vector.ts", "src/expression/vector.ts"],
  ["src/observables/cycle/count.ts", "src/observables/cycle/count.ts"],
  // the range of a parameter, and of the levels of a signal
  ["src/sweep/refine.ts", "src/traces/hidden-markov/history-plan.ts"],
];

/**
 * Parameters and body of a function as a list of the nodes of its syntax tree: names are numbered as they come, types are left out,
 * literals are kept.
 */
function shapeOf({ parameters, body }: ts.SignatureDeclaration & { readonly body: ts.Node }): string[] {
  const names = new Map<string, number>();
  const found: string[] = [];
  for (const node of [...parameters, body].flatMap((part) => nodesIn(part, ts.isTypeNode))) {
    if (ts.isIdentifier(node)) {
      if (!names.has(node.text)) names.set(node.text, names.size);
      found.push(`#${names.get(node.text)}`);
    } else if (
      ts.isLiteralExpression(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isTemplateHead(node)
    )
      found.push(JSON.stringify(node.text));
    else found.push(ts.SyntaxKind[node.kind]);
  }
  return found;
}

const hasBody = (node: ts.Node): node is ts.SignatureDeclaration & { readonly body: ts.Node } =>
  ts.isFunctionLike(node) && "body" in node && node.body !== undefined;

/** Whether a function is declared for a whole file. */
const isNamed = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node)
    ? ts.isSourceFile(node.parent)
    : ts.isVariableDeclaration(node.parent) && ts.isSourceFile(node.parent.parent.parent.parent);

/** Places of functions of the same shape, by that shape. */
function twinsIn(trees: readonly ts.SourceFile[]): string[][] {
  const places = new Map<string, string[]>();
  for (const tree of trees) {
    for (const node of nodesIn(tree)) {
      if (hasBody(node)) {
        const shape = shapeOf(node);
        const key = shape.join(" ");
        if (shape.length >= (isNamed(node) ? leastOfNamed : leastNodes))
          places.set(key, [...(places.get(key) ?? []), tree.fileName]);
      }
    }
  }
  return [...places.values()].filter((found) => found.length > 1).map((found) => found.toSorted());
}

describe("functions of the same shape", () => {
  const text = (names: readonly string[], factor: number): string => {
    const [f, x, y] = names;
    return `function ${f}(${x}: number[], ${y}: number) { let sum = 0; for (const one of ${x}) sum += ${factor} * Math.abs(one - ${y}) ** 2 * (one > ${y} ? 1 : 2); return sum; }`;
  };
  const parse = (name: string, code: string): ts.SourceFile => treeOfCode(code, name);

  it("are seen under other names, and differ by their numbers", () => {
    const first = parse("a.ts", text(["f", "x", "y"], 2));
    expect(twinsIn([first, parse("b.ts", text(["g", "all", "zero"], 2))])).toEqual([["a.ts", "b.ts"]]);
    expect(twinsIn([first, parse("b.ts", text(["f", "x", "y"], 3))])).toEqual([]);
  });

  it("are seen from fewer nodes on where they have a name of their own", () => {
    const short = "(x) => (x === undefined ? '' : typeof x === 'string' ? x : JSON.stringify(x))";
    const twins = (before: string, after: string) =>
      twinsIn([
        parse("a.ts", `${before}${short}${after};`),
        parse("b.ts", `${before}${short.replaceAll("x", "y")}${after};`),
      ]);
    expect(twins("const words = ", "")).toHaveLength(1);
    expect(twins("f(", ")")).toEqual([]);
  });

  it("holds for walks over syntax trees in these tests, but one that enters some nodes in its own way", () => {
    const walks = filesBelow("test/house").filter((file) => /\bforEachChild\(\w+, \w+\)/.test(codeOf(file)));
    expect(walks).toEqual(["test/house/reachable.test.ts", "test/house/sources.ts"]);
  });

  it("stand nowhere twice in the program, the page, the benchmark and the scripts", () => {
    const files = ["src", "web", "bench", "scripts"].flatMap((folder) => filesBelow(folder));
    expect(twinsIn(files.map(treeOf)).toSorted()).toEqual(alikeByChance.toSorted());
  });
});
