import { largest } from "../numerics/extremes.ts";
import type { FitResult } from "./fit.ts";
import { fitLeastSquares } from "./fit.ts";
import type { Estimate } from "./interval.ts";
import type { NumericArray } from "./numeric-array.ts";
import { expectedSpectrum } from "./spectrum.ts";
import type { LineFit } from "./weighted-line.ts";
import { fitLine } from "./weighted-line.ts";

/**
 * A Lorentzian on a floor, one-sided power S(f) = plateau/(1 + (f/corner)²) + floor: telegraph noise has corner (rate up +
 * rate down)/2π. Parameters in order: plateau, corner (Hz), floor.
 */
export function fitLorentzian(
  frequencies: NumericArray,
  power: NumericArray,
  standardErrors: NumericArray,
  options: { readonly floor?: boolean } = {},
): FitResult {
  const use = Array.from(frequencies, (_, i) => i).filter((i) => frequencies[i] > 0 && standardErrors[i] > 0);
  const [f, y] = [use.map((i) => frequencies[i]), use.map((i) => power[i])];
  const top = largest(y.slice(0, Math.max(1, Math.ceil(y.length / 50))));
  const half =
    f[
      Math.max(
        0,
        y.findIndex((v) => v < top / 2),
      )
    ] ?? f[0];
  const withFloor = options.floor ?? false;
  return fitLeastSquares({
    parameters: [
      { name: "plateau", initial: top, low: 0 },
      { name: "corner", initial: half, low: 0 },
      ...(withFloor ? [{ name: "floor", initial: 0, scale: largest(y) * 1e-3 }] : []),
    ],
    model: ([plateau, corner, floor = 0]) => f.map((v) => plateau / (1 + (v / corner) ** 2) + floor),
    data: y,
    standardErrors: use.map((i) => standardErrors[i]),
  });
}

/**
 * The same Lorentzian as Welch's estimate sees it: sampled every `sampleInterval` (aliases) and cut into windowed
 * segments (leakage), so that the corner is that of the process. The fit uses frequencies up to four corners: faster
 * motion inside the wells has a flat spectrum there and belongs to the floor. Parameters as above.
 */
export function fitSampledLorentzian(
  estimate: {
    readonly frequencies: NumericArray;
    readonly oneSidedPower: NumericArray;
    readonly standardError: NumericArray;
  },
  sampleInterval: number,
): FitResult {
  const segment = 2 * (estimate.frequencies.length - 1);
  // the window mixes the zero frequency with the mean; the last frequency has no negative partner
  const all = (values: NumericArray): number[] => Array.from(values).slice(1, -1);
  const start = fitLorentzian(
    all(estimate.frequencies),
    all(estimate.oneSidedPower),
    all(estimate.standardError),
    { floor: true },
  );
  const near = all(estimate.frequencies).filter((f) => f <= 4 * start.values[1]).length;
  const inner = (values: NumericArray): number[] => all(values).slice(0, Math.max(8, near));
  const [y, errors] = [inner(estimate.oneSidedPower), inner(estimate.standardError)];
  const sampled = (plateau: number, corner: number): Float64Array => {
    const variance = (Math.PI / 2) * plateau * corner;
    const covariance = Float64Array.from(
      { length: segment },
      (_, j) => variance * Math.exp(-2 * Math.PI * corner * j * sampleInterval),
    );
    return expectedSpectrum(covariance, segment, sampleInterval);
  };
  return fitLeastSquares({
    parameters: [
      { name: "plateau", initial: start.values[0], low: 0 },
      { name: "corner", initial: start.values[1], low: 0 },
      { name: "floor", initial: start.values[2], scale: largest(y) * 1e-3 },
    ],
    model: ([plateau, corner, floor]) => inner(sampled(plateau, corner)).map((s) => s + floor),
    data: y,
    standardErrors: errors,
  });
}

export interface ArrheniusFit {
  /** Time τ₀ in τ = τ₀ exp(E/kT), with its standard error. */
  readonly attemptTime: Estimate;
  /** E in the unit of thermalEnergy. */
  readonly barrier: Estimate;
  /** ln τ against 1/kT. */
  readonly line: LineFit;
}

/**
 * τ = τ₀ exp(E/kT) through mean times measured at several thermal energies kT. The fit is the weighted line of
 * ln τ against 1/kT. Null with fewer than two temperatures. The prefactor of Brown's law itself depends on T, so τ₀ and E are effective values over the range.
 */
export function fitArrhenius(
  thermalEnergy: NumericArray,
  times: NumericArray,
  standardErrors: NumericArray,
): ArrheniusFit | null {
  const line = fitLine(
    Float64Array.from(thermalEnergy, (kT) => 1 / kT),
    Float64Array.from(times, Math.log),
    Float64Array.from(standardErrors, (e, i) => e / times[i]),
  );
  if (line === null) return null;
  const attempt = Math.exp(line.intercept.value);
  return {
    attemptTime: { value: attempt, standardError: attempt * line.intercept.standardError },
    barrier: line.slope,
    line,
  };
}

/**
 * The effective barrier against drive, E(x) = E₀ (1 − x/x_c)ⁿ, x a current or field below x_c. Parameters in order: barrier,
 * critical, exponent. Exponent 2 belongs to the collinear uniaxial magnet, about 1 to in-plane films, 3/2 to oblique fields.
 */
export function fitEffectiveBarrier(
  drive: NumericArray,
  barriers: NumericArray,
  /** Without them the errors of the parameters come from the scatter about the law. */
  standardErrors: NumericArray | undefined,
  options: { readonly critical?: number; readonly exponent?: number } = {},
): FitResult {
  const x = Array.from(drive);
  const furthest = largest(x.map(Math.abs));
  const sign = x.reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
  return fitLeastSquares({
    parameters: [
      { name: "barrier", initial: largest(barriers) },
      { name: "critical", initial: options.critical ?? sign * furthest * 1.5 },
      { name: "exponent", initial: options.exponent ?? 1.5, low: 0.1, high: 10 },
    ],
    model: ([barrier, critical, exponent]) =>
      x.map((v) => barrier * Math.max(1e-9, 1 - v / critical) ** exponent),
    data: barriers,
    standardErrors,
  });
}
