import { compileScalar, compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { mul } from "../expression/expression.ts";
import type { Complex } from "../linear-algebra/hessenberg.ts";
import { infinityNorm } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { surfaceGradient } from "../physics/dynamics.ts";
import { evolveUntilSettled, finer, isNearlySame, momentDifference } from "./adaptive-evolution.ts";
import { spreadPoints } from "./axis.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import { isEquilibrium } from "./equilibrium.ts";
import { harmonicOrdering } from "./evolution.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { laboratory } from "./frame.ts";
import { frozenAt } from "./frozen.ts";
import type { Generator, SeparatedDynamics } from "./generator.ts";
import { generator, separateDynamics } from "./generator.ts";
import { boltzmannCoefficients, initialCoefficients } from "./initial.ts";
import { slowestRateAtEquilibrium } from "./slow-rate.ts";
import type { FokkerPlanckOptions, FokkerPlanckSolution } from "./solution.ts";
import { slowestModes } from "./spectrum-of-generator.ts";
import { stationaryCoefficients } from "./stationary.ts";

/** A well of a span in kT takes at the very least this many degrees over the root of the span. */
const wellsPerDegree = 3;
/** Rates below this share of the matrix norm are taken from an integral of squares: the matrix has lost digits there. */
const smallRate = 1e-6;

/** What one resolution says. */
interface Resolved {
  readonly generator: Generator;
  readonly stationary: Density;
  readonly rate: Complex;
}

/** Solves on the full sphere in real spherical harmonics, the degree found by comparing lmax with 1.25 lmax. */
export function solveFullSphere(
  dynamics: Dynamics,
  options: FokkerPlanckOptions,
): Exact<FokkerPlanckSolution> {
  const { tolerance = 1e-7, maximumDegree = 150, breakpoints = [], time = 0 } = options;
  const separated = separateDynamics(dynamics, Math.min(60, maximumDegree >> 1));
  if (separated.value === null) return separated;
  const problem = separated.value;
  const frozen = frozenAt(dynamics, time);
  const diffusion = compileScalar(frozen.diffusion, [])();
  const equilibrium = isEquilibrium(frozen);
  const potential = mul(1 / diffusion, frozen.psi);
  const { first, span } = firstDegree(frozen, diffusion);
  if (wellsPerDegree * Math.sqrt(span) > maximumDegree)
    return outOfReach(
      `wells of ${span.toPrecision(3)} kT are narrower than harmonics up to degree ${maximumDegree} resolve`,
    );

  const generators = new Map<number, Generator>();
  const at = (lmax: number): Generator => {
    const known = generators.get(lmax);
    if (known) return known;
    const made = generator(problem, lmax);
    generators.set(lmax, made);
    return made;
  };
  const resolve = (lmax: number): Resolved =>
    resolved(at(lmax), frozen, { time, potential: equilibrium ? potential : undefined, problem });

  const begin = Math.min(first, Math.floor((maximumDegree - 4) / 1.25));
  let lmax = begin;
  let coarse = resolve(lmax);
  for (;;) {
    const next = Math.min(finer(lmax), maximumDegree);
    const fine = resolve(next);
    const stationaryError = momentDifference(fine.stationary, coarse.stationary);
    const rateError = difference(fine.rate, coarse.rate);
    const errorEstimate = Math.max(stationaryError, rateError);
    const converged = errorEstimate <= tolerance && fine.rate.re > 0;
    if (converged || isNearlySame(next, Math.min(finer(next), maximumDegree))) {
      const shown = (x: number) => x.toExponential(1);
      const reason = converged
        ? undefined
        : `degree ${next} against ${lmax}: stationary moments differ by ${shown(stationaryError)}, the slowest rate by ${shown(rateError)} of itself; ${shown(tolerance)} is asked`;
      const coarser = coarse;
      return exactly({
        method: "full sphere",
        dynamics,
        time,
        frame: laboratory,
        size: fine.generator.index.size,
        lmax: next,
        errorEstimate,
        converged,
        ...(reason ? { reason } : {}),
        slowestRate:
          rateError <= tolerance && fine.rate.re > 0
            ? exactly(fine.rate.re)
            : outOfReach<number>(reason ?? ""),
        stationary: () =>
          stationaryError <= tolerance ? exactly(fine.stationary) : outOfReach(reason ?? ""),
        eigenvalues: (count) =>
          rateError <= tolerance && fine.rate.re > 0
            ? exactly(agreedSpectrum(fine, coarser, count, time, tolerance))
            : outOfReach(reason ?? ""),
        evolve: (initial, times) =>
          evolveUntilSettled({
            generator: at,
            initial: (index) => initialCoefficients(initial, index, laboratory),
            frame: laboratory,
            times,
            breakpoints,
            lmax: converged ? coarser.generator.index.lmax : begin,
            maximumDegree,
            tolerance,
          }),
        generator: at,
      });
    }
    lmax = next;
    coarse = fine;
  }
}

const difference = (a: Complex, b: Complex): number =>
  Math.hypot(a.re - b.re, Math.abs(a.im) - Math.abs(b.im)) / Math.hypot(a.re, a.im);

function resolved(
  made: Generator,
  frozen: Dynamics,
  how: { time: number; potential?: Expression; problem: SeparatedDynamics },
): Resolved {
  const forward = made.frozen(how.time);
  const ordering = harmonicOrdering(made);
  const coefficients = how.potential
    ? boltzmannCoefficients(how.potential, made.index)
    : stationaryCoefficients(forward, ordering);
  const stationary = harmonicDensity(made.index, coefficients, laboratory);
  const rate = slowestModes(forward, ordering, 1)[0]?.rate ?? { re: 0, im: 0 };
  const size = infinityNorm(forward);
  const modulus = Math.hypot(rate.re, rate.im);
  if (how.potential && modulus < smallRate * size) {
    const slow = slowestRateAtEquilibrium(frozen, how.problem.degree, made.index.lmax);
    if (slow.value !== null) return { generator: made, stationary, rate: { re: slow.value, im: 0 } };
  }
  // a rate at the level of rounding is no rate
  return { generator: made, stationary, rate: modulus > 1e-15 * size ? rate : { re: -1, im: 0 } };
}

/** The zero mode and the modes on which both resolutions agree, up to the first disagreement. */
function agreedSpectrum(
  fine: Resolved,
  coarse: Resolved,
  count: number,
  time: number,
  tolerance: number,
): Complex[] {
  const modes = (from: Resolved) =>
    slowestModes(from.generator.frozen(time), harmonicOrdering(from.generator), Math.max(1, count - 1)).map(
      ({ rate }) => rate,
    );
  const [a, b] = [modes(fine), modes(coarse)];
  const agreed: Complex[] = [{ re: 0, im: 0 }];
  for (const rate of a) {
    if (agreed.length >= count) break;
    // the slowest rate is the one already found: at a high barrier the matrix itself does not resolve it
    if (agreed.length === 1 && rate.im === 0 && fine.rate.im === 0) agreed.push(fine.rate);
    else if (b.some((other) => difference(rate, other) <= Math.max(100 * tolerance, 1e-6))) agreed.push(rate);
    else break;
  }
  return agreed;
}

/** Span of Ψ/D in kT and the degree to begin with: wells of width 1/√span, layers of √α in energy at low damping. */
function firstDegree(frozen: Dynamics, diffusion: number): { first: number; span: number } {
  const psi = compileScalar(frozen.psi, ["mx", "my", "mz"]);
  const gradients = compileVector(
    [...surfaceGradient(frozen.psi), ...surfaceGradient(frozen.omega)],
    ["mx", "my", "mz"],
  );
  const slope = new Float64Array(6);
  let [low, high, relaxing, turning] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const point of spreadPoints(1000)) {
    const value = psi(...point) / diffusion;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    gradients(slope, 0, ...point);
    relaxing = Math.max(relaxing, Math.hypot(slope[0], slope[1], slope[2]));
    turning = Math.max(turning, Math.hypot(slope[3], slope[4], slope[5]));
  }
  const span = high - low;
  const damping = turning > 0 ? Math.min(1, relaxing / turning) : 1;
  const first = Math.max(12, 4.5 * Math.sqrt(span), 1.3 * Math.sqrt(span / Math.max(damping, 1e-6)));
  return { first: Math.ceil(first), span };
}
