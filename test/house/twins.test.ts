import { describe, expect, it } from "vitest";
import { codeOf, programFiles } from "./sources.ts";

const holders = (pattern: RegExp): string[] => programFiles.filter((file) => pattern.test(codeOf(file)));

/** What stood in several places once, and the one place where it stands. */
const once: readonly [string, RegExp, string][] = [
  [
    "the steepest-descent basin that holds a direction",
    /isMinimum\(\w*\.?descend\(/,
    "src/physics/wells/well.ts",
  ],
  ["the rate bias that a certificate allows", /allowedRateBias = /, "src/statistics/promised-bias.ts"],
  [
    "the bias of switching times that tests forgive",
    /(forgiven|[bB]ias) = 0\.005/,
    "src/statistics/switching-bias.ts",
  ],
  ["the overshoot of a watched walk", /0\.582[56]|0\.583\b/, "src/integrators/overshoot.ts"],
  ["the field of an axial torque, h − a/α − b", /dampingLike \/ alpha - /, "src/theory/axial-drive.ts"],
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
  ["the lognormal law", /log1p\(\((deviation|sigma|standard)/i, "src/physics/spread.ts"],
  ["Gauss–Legendre nodes", /Math\.cos\(\(Math\.PI \* \(i \+ 0\.75\)/, "src/numerics/gauss-legendre.ts"],
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
    /EigenvalueDecomposition/,
    "src/linear-algebra/symmetric-eigen.ts",
  ],
  ["a spiral of evenly spread directions", /3 - Math\.sqrt\(5\)/, "src/numerics/sphere-points.ts"],
  ["exponents of a polynomial's key", /key\.split\(","\)/, "src/expression/polynomial.ts"],
  ["bits of a word mixed", /\^ \(?\w+ >>> 1[0-9]\)/, "src/random/mixed.ts"],
  ["the kinds of bins", /kind: "azimuth"; readonly/, "src/physics/binning.ts"],
  ["the kinds of initial states", /type InitialLaw =/, "src/physics/initial/initial-law.ts"],
  [
    "Ψ = αLV and Ω = LV",
    /mul\(mul\(magnet\.alpha, rate\), density|(damping|alpha) \/ 2, energy/,
    "src/physics/magnet.ts",
  ],
];

describe("what stands in one place", () => {
  it.each(once)("%s", (_, pattern, place) => {
    expect(holders(pattern)).toEqual([place]);
  });
});
