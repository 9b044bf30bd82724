import { compileScalar } from "../../expression/compile.ts";
import { lessEqual } from "../../expression/expression.ts";
import { magnetization, pairs } from "../../expression/vector.ts";
import type { Binning } from "../../physics/binning.ts";
import { binCount, binIndex, inSomeBin } from "../../physics/binning.ts";
import { cleanProbabilities } from "../clean-probabilities.ts";
import type { Density } from "../density.ts";
import type { Frame, Vec3 } from "../frame.ts";
import { laboratory } from "../frame.ts";
import { harmonicIndex } from "../harmonics.ts";
import { harmonicsOfMasses } from "../scattered-harmonics.ts";
import { normalizedTotal } from "../stationary.ts";
import type { Chart } from "./chart.ts";
import { massesInBins } from "./masses-in-bins.ts";

/** Steps of the trapezoidal rule in u: for a normal density times a smooth function its error is exp(−2π²/step²). */
export const step = 0.3;
/** Degree of the harmonics that resolve a well, times its width, and the highest degree. */
const perWidth = 8;
const mostDegree = 200;

/** A density around the bottom of a well: `height` per area of u; zero beyond `reach` in u and v. */
export interface WellShape {
  readonly chart: Chart;
  readonly reach: number;
  height(u: number, v: number): number;
}

/** The shape as a normalized density on the sphere; means are sums over a grid that scales with the width of the well. */
export function wellDensity({ chart, reach, height }: WellShape): Density {
  const count = Math.ceil(reach / step);
  const places = Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * step);
  const points = places.flatMap((u) => places.map((v) => ({ u, v, mass: height(u, v) })));
  const total = points.reduce((sum, { mass }) => sum + mass, 0);
  const masses = points
    .filter(({ mass }) => Math.abs(mass) > 1e-18 * total)
    .map(({ u, v, mass }) => ({ m: chart.direction(u, v), mass: mass / total, area: chart.area(u, v) }));
  const over = (f: (m: Vec3) => number): number => masses.reduce((sum, { m, mass }) => sum + mass * f(m), 0);
  const perArea = 1 / (total * step * step);
  const [mx, my, mz] = [0, 1, 2].map((i) => over((m) => m[i]));
  const [xx, yy, zz, xy, xz, yz] = pairs.map(([i, j]) => over((m) => m[i] * m[j]));
  let harmonic: Pick<Density, "index" | "coefficients"> | undefined;
  const inHarmonics = () => (harmonic ??= expansion(masses, chart));
  return {
    m: [mx, my, mz],
    mm: [xx, yy, zz, xy, xz, yz],
    mean(f) {
      const value = compileScalar(f, magnetization);
      return over((m) => value(...m));
    },
    at(m) {
      const [u, v] = chart.place(m);
      return Math.abs(u) <= reach && Math.abs(v) <= reach ? (height(u, v) * perArea) / chart.area(u, v) : 0;
    },
    probabilities: (binning) => {
      const { masses: raw, errorEstimate } = massesInBins(
        { reach, height: (u, v) => height(u, v) * perArea },
        binOf(binning, chart),
        binCount(binning),
      );
      return cleanProbabilities(raw, errorEstimate);
    },
    masses() {
      const kept = masses.filter(({ mass }) => mass > 0);
      const [mass, area] = [kept.map((x) => x.mass), kept.map((x) => x.area)].map((list) => {
        const whole = list.reduce((a, b) => a + b, 0);
        return Float64Array.from(list, (x) => x / whole);
      });
      const [x, y, z] = [0, 1, 2].map((i) => Float64Array.from(kept, ({ m }) => m[i]));
      return { x, y, z, mass, area };
    },
    get index() {
      return inHarmonics().index;
    },
    get coefficients() {
      return inHarmonics().coefficients;
    },
    frame: laboratory as Frame,
  };
}

/** The bin of u and v, −1 for none. */
function binOf(binning: Binning, chart: Chart): (u: number, v: number) => number {
  const index = compileScalar(binIndex(binning), magnetization);
  const isIn = compileScalar(inSomeBin(binning) ?? lessEqual(0, 1), magnetization);
  return (u, v) => {
    const m = chart.direction(u, v);
    return isIn(...m) ? index(...m) : -1;
  };
}

/** The density in harmonics of the laboratory, up to a degree that may be too low for very narrow wells. */
function expansion(masses: readonly { readonly m: Vec3; readonly mass: number }[], chart: Chart) {
  const index = harmonicIndex(Math.min(mostDegree, Math.ceil(perWidth / Math.min(...chart.scale))));
  const c = harmonicsOfMasses(index, masses);
  const scale = normalizedTotal / c[0];
  return { index, coefficients: c.map((x) => scale * x) };
}
