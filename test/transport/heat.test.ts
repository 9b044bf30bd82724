import { describe, expect, test } from "vitest";
import { solveStack } from "../../src/transport/solve-stack.ts";
import type { StackInput } from "../../src/transport/stack-schema.ts";
import { solveDense } from "./dense.ts";
import { integrate } from "./gauss.ts";

/*
 * Eq. 10 solved a second way: finite volumes on a grid, straight from J_i = σ_i(ε_i − S_i T'), the conservation of
 * each channel's charge up to spin-flip and of the whole heat. Nothing of the solver's derivation (elimination of
 * T', effective lengths, terminations) enters. ∂T in the magnets makes Z about 0.07.
 */
interface Layer {
  thickness: number;
  sigma0: number;
  beta: number;
  l: number;
  S: number;
  dS: number;
  kappa: number;
}
const T0 = 300;
const layers: Layer[] = [
  { thickness: 20e-9, sigma0: 5e6, beta: 0.4, l: 30e-9, S: -20e-6, dS: 60e-6, kappa: 20 },
  { thickness: 15e-9, sigma0: 4e7, beta: 0, l: 300e-9, S: 2e-6, dS: 0, kappa: 300 },
  { thickness: 10e-9, sigma0: 5e6, beta: -0.5, l: 30e-9, S: -20e-6, dS: -60e-6, kappa: 20 },
];

type Row = [number, number, number];
type Block = [Row, Row, Row];

const addTo = (sum: number[], x: number[]) => {
  for (const [i, v] of x.entries()) sum[i] += v;
};
const times = (a: number[][], x: number[]) => a.map((row) => row.reduce((sum, v, j) => sum + v * x[j], 0));

/** Fluxes (J_α, J_γ, J^Q) = −block·∂(μ_α/e, μ_γ/e, T), signs of Eq. 10 set right. */
function conduction({ sigma0, beta, S, dS, kappa }: Layer): Block {
  const [up, down] = [sigma0 * (1 + beta), sigma0 * (1 - beta)];
  const [sUp, sDown] = [S + dS / 2, S - dS / 2];
  return [
    [up, 0, up * sUp],
    [0, down, down * sDown],
    [T0 * sUp * up, T0 * sDown * down, kappa + T0 * (up * sUp ** 2 + down * sDown ** 2)],
  ];
}

/** Channel potentials (V) and T on the grid for a voltage and a temperature difference, by block elimination. */
function finiteVolumes(cells: number, voltage: number, difference: number) {
  const grid = layers.flatMap((layer) => {
    const h = layer.thickness / cells;
    const block = conduction(layer).map((row) => row.map((v) => v / h));
    const eL = (layer.sigma0 * (1 - layer.beta ** 2)) / (2 * layer.l ** 2);
    return Array.from({ length: cells }, () => ({ h, block, flip: eL * h }));
  });
  const last = grid.length;
  const ends = [
    [0, 0, 0],
    [-voltage, -voltage, difference],
  ];
  // unknowns at inner nodes 1..last−1; node i: B_{i−1}(u_i − u_{i−1}) + B_i(u_i − u_{i+1}) + flip = 0
  const reduced: { inverse: number[][]; right: number[] }[] = [];
  const diagonal = (i: number) => {
    const flip = (grid[i - 1].flip + grid[i].flip) / 2;
    return grid[i - 1].block.map((row, r) =>
      row.map((v, c) => v + grid[i].block[r][c] + (r < 2 && c < 2 ? (r === c ? flip : -flip) : 0)),
    );
  };
  for (let i = 1; i < last; i++) {
    const D = diagonal(i);
    const right = [0, 0, 0];
    const lower = grid[i - 1].block;
    if (i === 1) addTo(right, times(lower, ends[0]));
    else {
      const previous = reduced[i - 2];
      const product = lower.map((row) =>
        [0, 1, 2].map((c) => row.reduce((sum, v, k) => sum + v * previous.inverse[k][c], 0)),
      );
      for (const [r, row] of D.entries())
        addTo(
          row,
          product[r].map((v) => -v),
        );
      addTo(right, times(lower, previous.right));
    }
    if (i === last - 1) addTo(right, times(grid[i].block, ends[1]));
    const upper = grid[i].block;
    const columns = [0, 1, 2].map((c) =>
      solveDense(
        D,
        upper.map((row) => row[c]),
      ),
    );
    reduced.push({
      inverse: [0, 1, 2].map((r) => columns.map((column) => column[r])),
      right: solveDense(D, right),
    });
  }
  const u: number[][] = [];
  u[last] = ends[1];
  for (let i = last - 1; i >= 1; i--) {
    const { inverse, right } = reduced[i - 1];
    u[i] = i === last - 1 ? right : right.map((v, r) => v + times(inverse, u[i + 1])[r]);
  }
  u[0] = ends[0];
  const flux = times(
    grid[0].block,
    u[0].map((v, r) => v - u[1][r]),
  ); // half a cell from the plane; J0 and J^Q are constant
  return { u, J0: flux[0] + flux[1], heat: flux[2] };
}

const stack = (rest: Partial<StackInput>): StackInput => ({
  layers: layers.map(({ thickness, sigma0, beta, l, S, dS, kappa }) => ({
    thickness,
    meanConductivity: sigma0,
    asymmetry: Math.abs(beta),
    ...(beta === 0 ? {} : { magnetization: beta < 0 ? ("down" as const) : ("up" as const) }),
    diffusionLength: l,
    seebeck: S,
    seebeckDifference: Math.abs(dS),
    thermalConductivity: kappa,
  })),
  leads: { contact: "ideal" },
  ...rest,
});

describe("a stack with heat", () => {
  const difference = 5;
  const voltage = 1e-4;
  // second order in the cell: two grids and Richardson leave the fourth order
  const [coarse, fine] = [200, 400].map((cells) => ({ cells, ...finiteVolumes(cells, voltage, difference) }));
  const richardson = (of: (solution: typeof fine) => number) => (4 * of(fine) - of(coarse)) / 3;
  const J0 = richardson((s) => s.J0);
  const solution = solveStack(
    stack({ currentDensity: J0, heat: { temperature: T0, temperatureDifference: difference } }),
  );
  const discretization = 2e-9;
  const close = (value: number, expected: number, scale = Math.abs(expected)) =>
    expect(Math.abs(value - expected)).toBeLessThan(discretization * scale);

  test("agrees with a finite-volume solution of Eq. 10 in voltage and heat current", () => {
    close(solution.voltage, voltage);
    close(
      solution.heatCurrent!,
      richardson((s) => s.heat),
    );
  });

  test("agrees with it in accumulation, potential and temperature everywhere", () => {
    const positions = [0, 20e-9, 35e-9, 45e-9];
    for (let k = 0; k < 3; k++)
      for (const part of [0.25, 0.5, 0.75, 0.995]) {
        const z = positions[k] + part * layers[k].thickness;
        const at = (component: number) => richardson((s) => s.u[Math.round((k + part) * s.cells)][component]);
        const size = 1e-5; // V, about the largest accumulation
        close(solution.accumulation(z), at(0) - at(1), size);
        close(solution.potential(z), (at(0) + at(1)) / 2, voltage);
        close(solution.temperature(z)! - T0, at(2), difference);
      }
  });

  test("a thermal gradient alone makes spin accumulate", () => {
    const thermal = solveStack(stack({ heat: { temperature: T0, temperatureDifference: difference } }));
    expect(Math.abs(thermal.accumulation(20e-9))).toBeGreaterThan(1e-6);
    expect(thermal.spinCurrent(20e-9)).not.toBe(0);
  });

  test("what is dissipated is the electric power plus what the heat loses on its way", () => {
    const edges = [0, 20e-9, 35e-9, 45e-9];
    const total = edges
      .slice(1)
      .reduce((sum, end, k) => sum + integrate(solution.dissipation, edges[k], end - 1e-20, 20), 0);
    const expected = J0 * solution.voltage - (solution.heatCurrent! * difference) / T0;
    expect(Math.abs(total / expected - 1)).toBeLessThan(1e-9); // the layers stop 1e-20 m short of their ends
  });

  test("the response is reciprocal: Peltier heat by current is T times the Seebeck voltage by temperature", () => {
    const seebeck = solveStack(stack({ heat: { temperature: T0, temperatureDifference: 1 } })).voltage;
    const peltier = solveStack(
      stack({ currentDensity: 1, heat: { temperature: T0, temperatureDifference: 0 } }),
    ).heatCurrent!;
    expect(Math.abs(peltier / (T0 * seebeck) - 1)).toBeLessThan(1e-12);
  });

  test("semi-infinite leads with channels that differ keep that reciprocity", () => {
    const lead = { meanConductivity: 5e6, asymmetry: 0.3, diffusionLength: 40e-9, seebeck: 10e-6 };
    const leads = { ...lead, seebeckDifference: 30e-6, thermalConductivity: 30 };
    const driven = (currentDensity: number, heatCurrent: number) =>
      solveStack(stack({ leads, currentDensity, heat: { temperature: T0, heatCurrent } }));
    const atFar = 4e-6; // a hundred lengths: leads at rest from there on
    const drop = (s: ReturnType<typeof driven>) => s.potential(-atFar) - s.potential(45e-9 + atFar);
    const rise = (s: ReturnType<typeof driven>) => s.temperature(45e-9 + atFar)! - s.temperature(-atFar)!;
    const [current, heat] = [1e12, 1e10]; // A/m², W/m²: large, because temperatures are counted from absolute zero
    const byCurrent = -rise(driven(current, 0)) / T0 / current;
    const byHeat = drop(driven(0, heat)) / heat;
    const rounding = 1e-10; // of T0 against the rise
    expect(Math.abs(byHeat / byCurrent - 1)).toBeLessThan(rounding);
  });

  test("without a temperature difference or Seebeck coefficients nothing changes", () => {
    const plain = stack({ currentDensity: 1e11 });
    const cold = plain.layers.map((layer) => ({ ...layer, seebeck: 0, seebeckDifference: 0 }));
    const isothermal = solveStack(plain);
    const heated = solveStack({
      ...plain,
      layers: cold,
      heat: { temperature: T0, temperatureDifference: 3 },
    });
    expect(heated.voltage).toBeCloseTo(isothermal.voltage, 15);
    expect(heated.accumulation(18e-9)).toBe(isothermal.accumulation(18e-9));
  });
});
