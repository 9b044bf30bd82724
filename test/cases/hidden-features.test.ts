import { describe, expect, it } from "vitest";
import { describeInputError } from "../../src/experiment/index.ts";
import { parse } from "../../src/expression/parse.ts";
import { timeline } from "../../src/expression/timeline.ts";
import { sharedAxis } from "../../src/fokker-planck/axis.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { integrators } from "../../src/integrators/index.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";

const uniaxial = { type: "uniaxial", Ku1: 1 };
const typed = (density: string, parameters = {}) => ({ type: "expression", density, parameters });

function checked(extra: object) {
  return checkExperiment({
    magnet: { delta: 4, alpha: 0.1 },
    energies: [uniaxial],
    time: { duration: 50 },
    observables: [{ type: "moments", times: 1 }],
    ...extra,
  });
}

function reduced(extra: object) {
  const found = checked(extra);
  if (!found.ok) throw new Error(found.problems.map(describeInputError).join());
  return reduce(found.experiment);
}

/** The largest rate that the automatic step was taken from. */
function rateOf(extra: object): number {
  const { integrator, timeStepLimit } = reduced(extra);
  return integrators[integrator].stepLimit / timeStepLimit;
}

const rulesOf = (extra: object): string => {
  const found = checked(extra);
  return found.ok ? "" : found.problems.map(describeInputError).join();
};

describe("features that no sample meets", () => {
  it.each([
    // Ω = e/2; along mz a window w of height c bends by c/w², and by (1 − mz²) less
    [
      "a drive that acts only within 0.002 of mz = 0.3137",
      { torques: [{ type: "potential", chi: "0.05*exp(-((mz-0.3137)/0.002)^2)*cos(2*t)" }] },
      (2 * 0.05 * (1 - 0.3137 ** 2)) / 0.002 ** 2,
    ],
    [
      "a spot 0.002 wide",
      { energies: [uniaxial, typed("0.05*exp(-((mz-0.3137)/0.002)^2-((mx-0.2)/0.002)^2)")] },
      (0.05 * Math.hypot(1, 0.1)) / 0.002 ** 2,
    ],
    [
      "a pulse in a product, nested in a sine",
      { energies: [uniaxial, typed("0.3*sin(20*exp(-((t-7.1234)/0.005)^2))*exp(-t/30)*mx")] },
      1 / (0.005 / (20 * Math.SQRT2 * Math.exp(-0.5))) / Math.SQRT2,
    ],
    [
      "a pulse times a window",
      { energies: [uniaxial, typed("5*exp(-((t-7.1234)/0.005)^2)*exp(-((mz-0.3)/0.05)^2)*mx")] },
      (5 * (1 - 0.09) ** 1.5) / 0.05 ** 2,
    ],
    [
      "a spread that is large only in its tail",
      {
        energies: [
          uniaxial,
          typed("k*exp(3*(k-1)/0.2)*0.01*mx*mx", { k: { mean: 1, deviation: 0.2, distribution: "normal" } }),
        ],
      },
      1.6 * Math.exp(9) * 0.01,
    ],
    ["a field that vanishes at all times of a grid", { energies: [typed("-4*sin(2*pi*24*t/50*5)*mz")] }, 2],
  ])("%s sets the automatic step", (_, extra, rate) => {
    expect(rateOf(extra)).toBeGreaterThan(0.65 * rate);
  });

  it("follows a pulse of 20 ps in 1 µs", () => {
    const { timeStep, units } = reduced({
      magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
      energies: [
        { type: "uniaxial", Ku1: 2e4 },
        { type: "zeeman", B_ext: ["3*exp(-((t-0.3137e-6)/2e-11)^2)", 0, 0] },
      ],
      time: { duration: 1e-6 },
    });
    // 3 T turn by 0.4 rad in 0.76 ps
    expect(timeStep * units.time).toBeLessThan((1.2 * 0.4) / (1.76e11 * 3));
  });

  it("takes its unit of field from a field that vanishes at all times of a grid", () => {
    const { units } = reduced({
      magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
      energies: [{ type: "zeeman", B_ext: [0, 0, "0.4*sin(2*pi*32e8*t)"] }],
      time: { duration: 1e-8 },
    });
    expect(units.field).toBeGreaterThan(0.3);
    expect(units.field).toBeLessThan(0.42);
  });

  it.each([
    [{ magnet: { delta: 4, alpha: "0.1 - 0.2*exp(-((t-7.1234)/0.002)^2)" } }, /alpha must be > 0/],
    [{ energies: [uniaxial, typed("1e-3/(mz-0.3137)^2")] }, /finite.* everywhere on the sphere.*mz = 0\.31/],
    [{ energies: [uniaxial, typed("sqrt((mz-0.3137)^2-1e-7)")] }, /everywhere on the sphere.*mz = 0\.31/],
    [{ energies: [uniaxial, typed("sqrt((mz-0.3137)^2 + (mx-0.2)^2 - 1e-6)")] }, /everywhere on the sphere/],
    [{ energies: [uniaxial, typed("1e-3*mx/(t-7.1234)^2")] }, /must be finite/],
  ])("refuses what breaks a rule only there: %j", (extra, rule) => {
    expect(rulesOf(extra)).toMatch(rule);
  });

  it.each([
    "0.01/(1.001-mz)",
    "sqrt(2+mx)+log(3+my)+exp(mz)",
    "0.1*mx*sin(3*(t-7.1))/(3*(t-7.1))",
    "exp(-((theta-1)/0.2)^2)*0.1",
  ])("accepts %s, which is finite", (density) => {
    expect(rulesOf({ energies: [uniaxial, typed(density)] })).toBe("");
  });
});

describe("structure that holds nearly, or at most times", () => {
  const of = (text: string) => parse(text, { names: ["t"] });

  it("is no common axis where it holds at 0 and at whole periods only", () => {
    const field = (along: string) => {
      const { dynamics } = reduced({ energies: [uniaxial, { type: "zeeman", B_ext: [along, 0, 0.1] }] });
      return sharedAxis(dynamics);
    };
    expect(field("0")).toEqual([0, 0, 1]);
    expect(field("0.1*sin(2*pi*t/5)")).toBeUndefined();
    expect(field("0.1*sin(2*pi*t/5)^2*t*(t-50)")).toBeUndefined();
    expect(field("1e-9*sin(2*pi*t/5)")).toBeUndefined();
  });

  it("is no constant piece where it differs by a part in 1e9", () => {
    const flat = timeline([of("min(max(t-10, 0), 1)")], 0, 50).stretches;
    expect(flat.map(({ isConstant }) => isConstant)).toEqual([true, false, true]);
    const bent = timeline([of("min(max(t-10, 0), 1) + 1e-9*exp(-((t-30.123)/0.01)^2)")], 0, 50).stretches;
    expect(bent.find(({ from, to }) => from < 30.123 && to > 30.123)?.isConstant).toBe(false);
  });

  it("is no symmetry where one term of 1e-6 breaks it", () => {
    const { dynamics, initial } = reduced({
      energies: [uniaxial, typed("-1e-6*mx^3")],
      initial: { type: "boltzmann" },
    });
    const solution = demand(solveFokkerPlanck(dynamics));
    const [{ m }] = demand(solution.evolve(initial, [20]));
    // to first order ⟨mx⟩ = Δ·1e-6 ⟨mx⁴⟩ at equilibrium, ⟨mx⁴⟩ = ⅜⟨(1 − mz²)²⟩
    const { nodes, weights } = gaussLegendre(60);
    const mean = (f: (z: number) => number) =>
      nodes.reduce((sum, z, i) => sum + weights[i] * f(z) * Math.exp(4 * z * z), 0);
    const expected = (4e-6 * 0.375 * mean((z) => (1 - z * z) ** 2)) / mean(() => 1);
    expect(m[0] / expected).toBeCloseTo(1, 3);
  });
});
