import { describe, expect, it } from "vitest";
import { parse } from "../../src/expression/parse.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { spreadSymmetry } from "../../src/fokker-planck/spread-symmetry.ts";
import { predictDwell, predictPassage } from "../../src/fokker-planck/switching.ts";
import { gaussLegendre, gaussLegendreOn } from "../../src/numerics/gauss-legendre.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";

const random = { distribution: "isotropic" };

function problemOf(energies: object[], more: object = {}) {
  const checked = checkExperiment({
    magnet: { delta: 1, alpha: 0.5 },
    energies,
    initial: { type: "boltzmann" },
    time: { duration: 1, step: 0.01 },
    observables: [],
    ...more,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return reduce(checked.experiment);
}

const grains = { type: "uniaxial", Ku1: 1, Ku2: 0.2, anisU: random };
const fieldAlong = (B_ext: unknown) => ({ type: "zeeman", B_ext });
const inM = (text: string) => parse(text);
const condition = (text: string) => parse(text, { condition: true });

describe("turns of a problem with directions at random", () => {
  it.each<[string, object[], object, string[], readonly number[] | "every" | undefined]>([
    ["a field", [grains, fieldAlong([0, 0, 0.3])], {}, [], [0, 0, 1]],
    ["a field off the axes", [grains, fieldAlong([0, 0.6, 0.8])], {}, [], [0, 0.6, 0.8]],
    ["a drive", [grains, fieldAlong([0, 0, "0.3*sin(t)^2 + exp(-t)"])], {}, ["mz"], [0, 0, 1]],
    ["no field", [grains], {}, [], "every"],
    ["no field, seen along z", [grains], {}, ["mz^3"], [0, 0, 1]],
    ["a field seen across it", [grains, fieldAlong([0, 0, 0.3])], {}, ["mx"], undefined],
    ["a field that turns", [grains, fieldAlong(["cos(t)", "sin(t)", 0])], {}, [], undefined],
    [
      "two kinds of axes",
      [grains, { type: "uniaxial", Ku1: 0.5, anisU: random }, fieldAlong([1, 0, 0])],
      {},
      [],
      [1, 0, 0],
    ],
    ["an axis of all", [grains, { type: "uniaxial", Ku1: 0.5, anisU: [1, 0, 0] }], {}, [], [1, 0, 0]],
    ["a start", [grains], { initial: { type: "direction", m: [0, 1, 0] } }, [], [0, 1, 0]],
    [
      "a start off the field",
      [grains, fieldAlong([0, 0, 1])],
      { initial: { type: "direction", m: [0, 1, 0] } },
      [],
      undefined,
    ],
    ["all axes alike", [{ type: "uniaxial", Ku1: 1 }], {}, [], undefined],
  ])("%s", (_, energies, more, seen, axis) => {
    const found = spreadSymmetry(problemOf(energies, more), seen.map(inM))?.axis;
    if (axis === undefined || axis === "every") expect(found).toBe(axis);
    else axis.forEach((x, i) => expect(found?.[i]).toBeCloseTo(x, 12));
  });

  it("are seen in no azimuth, and an easy axis has two ends", () => {
    const symmetry = spreadSymmetry(problemOf([grains, fieldAlong([0, 0.6, 0.8])]), []);
    const at = (z: number) => symmetry?.representative([z, 0]) ?? [];
    const along = ([z, around]: number[]) =>
      0.6 * Math.sqrt(1 - z * z) * Math.sin(Math.PI * around) + 0.8 * z;
    expect(symmetry?.idle).toEqual([1]);
    expect(along(at(0.3))).toBeCloseTo(0.3, 12);
    at(-0.3).forEach((x, i) => expect(x).toBeCloseTo(at(0.3)[i], 12));
  });
});

/** ⟨f⟩ of exp(−V/kT) over axes and directions by plain quadrature. */
function equilibrium(sigma: number, xi: number, f: (mz: number) => number): number {
  const { nodes, weights } = gaussLegendre(48);
  let mean = 0;
  nodes.forEach((along, a) => {
    let [sum, whole] = [0, 0];
    nodes.forEach((mz, b) => {
      for (let k = 0; k < 64; k++) {
        const mx = Math.sqrt(1 - mz * mz) * Math.cos((2 * Math.PI * k) / 64);
        const u = mx * Math.sqrt(1 - along * along) + mz * along;
        const p = weights[b] * Math.exp(sigma * u * u + xi * mz);
        sum += p * f(mz);
        whole += p;
      }
    });
    mean += (weights[a] / 2) * (sum / whole);
  });
  return mean;
}

describe("exact figures over axes at random", () => {
  const plain = { type: "uniaxial", Ku1: 1, anisU: random };

  it("are Boltzmann's in equilibrium, in a field along any direction", () => {
    const u = [0.48, 0.6, 0.64];
    const problem = problemOf([plain, fieldAlong(u.map((x) => 0.5 * x))]);
    const { m: mean, mm } = demand(demand(predict(problem)).stationary());
    const along = u.reduce((sum, x, i) => sum + x * mean[i], 0);
    expect(along).toBeCloseTo(
      equilibrium(1, 1, (mz) => mz),
      5,
    );
    const square = mm
      .slice(0, 3)
      .reduce(
        (sum, x, i) => sum + x * u[i] ** 2,
        2 * (mm[3] * u[0] * u[1] + mm[4] * u[0] * u[2] + mm[5] * u[1] * u[2]),
      );
    expect(square).toBeCloseTo(
      equilibrium(1, 1, (mz) => mz * mz),
      5,
    );
  });

  it("answer a weak field as free spins do", () => {
    const mean = (field: number) =>
      demand(demand(predict(problemOf([plain, fieldAlong([0, 0, field])]))).stationary()).m[2];
    // ξ = 2 · field at one kT
    expect(mean(0.01) / 0.02).toBeCloseTo(1 / 3, 4);
  });

  it("pass and dwell as the mean over cones does", () => {
    const set = { up: condition("mz >= 0.3"), down: condition("mz <= -0.3") };
    const figures = (anisU: unknown): number[] => {
      const start = { initial: { type: "direction", m: [0, 0, 1] } };
      const problem = problemOf([{ ...plain, anisU }, fieldAlong([0, 0, 0.1])], start);
      const prediction = demand(predict(problem));
      const { mean, survival } = demand(predictPassage(problem, prediction, set.down, [1]));
      const { occupationUp, parts } = demand(predictDwell(problem, prediction, set));
      return [demand(mean), ...demand(survival), occupationUp, parts.rate.value];
    };
    const { nodes, weights } = gaussLegendreOn(3, 0, 1);
    const rows = [...nodes].map((z) => figures([Math.sqrt(1 - z * z), 0, z]));
    figures(random).forEach((value, i) => {
      const mean = rows.reduce((sum, row, k) => sum + weights[k] * row[i], 0);
      expect(value / mean - 1).toBeCloseTo(0, 3);
    });
  });
});
