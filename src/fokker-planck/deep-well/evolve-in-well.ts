import type { InitialLaw, Isotropic } from "../../physics/initial/initial-law.ts";
import { momentDifference } from "../adaptive-evolution.ts";
import type { Density } from "../density.ts";
import type { Exact } from "../exact.ts";
import { exactly, outOfReach } from "../exact.ts";
import { makePropagator } from "../propagator.ts";
import { boltzmannInWell } from "./boltzmann-in-well.ts";
import type { Chart } from "./chart.ts";
import { basisAt, polynomialOf } from "./well-basis.ts";
import { wellDensity } from "./well-density.ts";
import type { WellOperator } from "./well-operator.ts";

/** Largest difference of moments between two degrees of polynomials. */
const largestDifference = 1e-6;
/** Number of widths around the bottom that contain every density in the well. */
const reach = 9;

/**
 * Densities at ascending times after a start in the well, in polynomials of two degrees. Refused if their moments differ, as for a start
 * many widths away from the bottom.
 */
export function evolveInWell(
  chart: Chart,
  [coarse, fine]: readonly [WellOperator, WellOperator],
  initial: InitialLaw,
  times: readonly number[],
): Exact<readonly Density[]> {
  if ("isotropic" in initial) return outOfReach("a uniform start is not in the well");
  const start = startIn(chart, initial);
  if (!start) return outOfReach("the start is not in one well");
  const at = ({ basis, forward, ordering }: WellOperator): Density[] => {
    const begin = new Float64Array(basis.size);
    for (const { u, v, mass } of start) basisAt(basis, u, v).forEach((h, i) => (begin[i] += mass * h));
    return makePropagator(forward, ordering)
      .series(begin, times)
      .map((c) => {
        const factor = polynomialOf(basis, c);
        const height = (u: number, v: number): number => factor(u, v) * Math.exp(-(u * u + v * v) / 2);
        return wellDensity({ chart, reach, height });
      });
  };
  const [a, b] = [at(coarse), at(fine)];
  const difference = Math.max(0, ...b.map((density, i) => momentDifference(density, a[i])));
  return difference <= largestDifference
    ? exactly(b, difference)
    : outOfReach(
        `polynomials around the bottom of the well do not resolve this start: moments of two degrees differ by ${difference.toExponential(1)}`,
      );
}

function startIn(
  chart: Chart,
  initial: Exclude<InitialLaw, Isotropic>,
): { u: number; v: number; mass: number }[] | undefined {
  if ("direction" in initial) {
    const [u, v] = chart.place(initial.direction);
    return [{ u, v, mass: 1 }];
  }
  const own = boltzmannInWell(initial.energyOverKT);
  if (!own) return undefined;
  const { x, y, z, mass } = own.density.masses();
  return Array.from(mass, (share, i) => {
    const [u, v] = chart.place([x[i], y[i], z[i]]);
    return { u, v, mass: share };
  });
}
