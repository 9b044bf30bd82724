import * as e from "../expression/expression.ts";
import { m } from "../expression/vector.ts";
import { evolveCoefficients } from "../fokker-planck/evolution.ts";
import { demand } from "../fokker-planck/exact.ts";
import type { Generator } from "../fokker-planck/generator.ts";
import { generator, separateDynamics } from "../fokker-planck/generator.ts";
import { harmonicOrdering } from "../fokker-planck/harmonic-ordering.ts";
import { slowestModes } from "../fokker-planck/spectrum-of-generator.ts";
import { stationaryCoefficients } from "../fokker-planck/stationary.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { median } from "./measure.ts";
import { dynamicsOf } from "./workload.ts";

/** The cost at one degree of harmonics. */
export interface FokkerPlanckCost {
  readonly geometry: "axial" | "full sphere";
  readonly lmax: number;
  /** Harmonics. */
  readonly size: number;
  readonly assemblySeconds: number;
  readonly stationarySeconds: number;
  /** The slowest mode, by factorization and inverse iteration. */
  readonly eigenvalueSeconds: number;
  /** Over ten records, two natural units apart. */
  readonly evolutionSeconds: number;
}

/** Powers p of time ~ size^p over the three largest sizes. */
export interface FokkerPlanckExponents {
  readonly geometry: FokkerPlanckCost["geometry"];
  readonly assembly: number;
  readonly stationary: number;
  readonly eigenvalue: number;
  readonly evolution: number;
}

export interface FokkerPlanckCosts {
  readonly rows: readonly FokkerPlanckCost[];
  readonly exponents: readonly FokkerPlanckExponents[];
}

/** Repeats of a timing, of which the median counts; one that takes longer than `patience` seconds is not repeated. */
const repeats = 5;
const patience = 1;

/** Barrier 20 kT, damping 0.1: along the axis, and with a field that breaks every symmetry. */
const cases: readonly {
  readonly geometry: FokkerPlanckCost["geometry"];
  readonly dynamics: Dynamics;
  readonly degrees: readonly number[];
}[] = [
  {
    geometry: "axial",
    dynamics: dynamicsOf(e.sub(e.neg(e.square(m[2])), e.mul(0.2, m[2])), 20, 0.1),
    degrees: [100, 200, 400, 800, 1600],
  },
  {
    geometry: "full sphere",
    dynamics: dynamicsOf(
      e.sub(e.neg(e.square(m[2])), e.mul(0.2, e.add(m[0], e.mul(0.5, m[1]), m[2]))),
      20,
      0.1,
      e.constant(0.02),
    ),
    degrees: [12, 16, 24, 32, 48, 64],
  },
];

function seconds(work: () => unknown): number {
  const times: number[] = [];
  while (times.length < repeats && !(times[0] > patience)) {
    const began = performance.now();
    work();
    times.push((performance.now() - began) / 1000);
  }
  return median(times);
}

/** A density that leans towards the axis: the constant and the first harmonic. */
function start({ index }: Generator): Float64Array {
  const c = new Float64Array(index.size);
  c[0] = 1 / Math.sqrt(4 * Math.PI);
  c[1] = 0.4;
  return c;
}

/** Slope of ln time against ln size over the three largest sizes. */
function exponent(rows: readonly FokkerPlanckCost[], of: (row: FokkerPlanckCost) => number): number {
  const upper = rows.slice(-3);
  const [x, y] = [upper.map((row) => Math.log(row.size)), upper.map((row) => Math.log(of(row)))];
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return covariance / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

/** Does the whole work once at a small size, so that no timing contains compilation. */
function warmUp(): void {
  for (const { geometry, dynamics } of cases) {
    const separated = demand(separateDynamics(dynamics, 60));
    const made = geometry === "axial" ? generator(separated, 60, 0, true) : generator(separated, 12);
    const [forward, ordering] = [made.operatorAt(0), harmonicOrdering(made)];
    stationaryCoefficients(forward, ordering);
    slowestModes(forward, ordering, 1);
    evolveCoefficients(made, start(made), [1, 2, 3, 4]);
  }
}

/** Time per stationary state, eigenvalue and evolution against the number of harmonics. */
export function fokkerPlanckCosts(
  progress: (text: string) => void = () => {},
  largestSize = Number.POSITIVE_INFINITY,
): FokkerPlanckCosts {
  warmUp();
  const costs = cases.map(({ geometry, dynamics, degrees }) => {
    const separated = demand(separateDynamics(dynamics, 60));
    const isAxial = geometry === "axial";
    const fitting = degrees.filter((lmax) => (isAxial ? lmax + 1 : (lmax + 1) ** 2) <= largestSize);
    const rows = fitting.map((lmax): FokkerPlanckCost => {
      progress(`${geometry}, degree ${lmax}`);
      const make = (): Generator => generator(separated, lmax, isAxial ? 0 : lmax, isAxial);
      const made = make();
      const forward = made.operatorAt(0);
      const ordering = harmonicOrdering(made);
      const times = Array.from({ length: 10 }, (_, i) => 2 * (i + 1));
      return {
        geometry,
        lmax,
        size: made.index.size,
        assemblySeconds: seconds(() => make().operatorAt(0)),
        stationarySeconds: seconds(() => stationaryCoefficients(forward, ordering)),
        eigenvalueSeconds: seconds(() => slowestModes(forward, ordering, 1)),
        evolutionSeconds: seconds(() => evolveCoefficients(made, start(made), times)),
      };
    });
    const exponents: FokkerPlanckExponents = {
      geometry,
      assembly: exponent(rows, (row) => row.assemblySeconds),
      stationary: exponent(rows, (row) => row.stationarySeconds),
      eigenvalue: exponent(rows, (row) => row.eigenvalueSeconds),
      evolution: exponent(rows, (row) => row.evolutionSeconds),
    };
    return { rows, exponents };
  });
  return { rows: costs.flatMap(({ rows }) => rows), exponents: costs.map(({ exponents }) => exponents) };
}
