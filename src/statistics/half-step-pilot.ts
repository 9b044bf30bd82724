import { fillingOf } from "../ensemble/initial/filling.ts";
import type { Problem } from "../experiment/problem.ts";
import { compileSteps, compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { variablesOf } from "../expression/expression.ts";
import { sizeOf } from "../expression/merge.ts";
import { m, magnetization } from "../expression/vector.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { integrators } from "../integrators/index.ts";
import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { unitVariates } from "../physics/model.ts";
import { sfc32 } from "../random/sfc32.ts";
import { purpose, seedStream } from "../random/streams.ts";
import { gaussianPair } from "../random/variates.ts";

/** Bias of one moment at one time. */
export interface PilotBias {
  readonly bias: number;
  readonly biasError: number;
}

/** Moments of a few spins at the step h less those at h/2 with the same Brownian paths. */
export interface Pilot extends PilotBias {
  /** Of nine moments at the compared times, the largest difference that is none by chance, else the one that is least by chance. */
  readonly difference: number;
  readonly standardError: number;
  /** Bias at h that follows from the difference: 2^p/(2^p − 1) times it, p the weak order. */
  readonly bias: number;
  /** Biases of all these moments and times with their standard errors. */
  readonly all: readonly PilotBias[];
  /** The bias in standard deviations of one spin at that time. */
  readonly relative: number;
  /** Spins that reached that time. */
  readonly spins: number;
  /** Number of steps of length h in the pilot. */
  readonly steps: number;
  /** Times the usual number of spins. */
  readonly effort: number;
}

/**
 * Number of spins that reach a step, times that step. Many spins cover early times, when they are still in phase and a
 * phase error shows; few cover late ones. Together they take some 300 000 steps, a third of a second. In longer runs a
 * few spins go on up to `mostSteps`.
 */
const perTime = 48_000;
const [fewestSpins, mostSpins] = [24, 2048];
const mostSteps = 4000;
/** Most times that are compared. */
const mostTimes = 24;

/**
 * Most spins of a pilot. Where the density of the start differs between spins, a draw may take a tenth of a second, and a small ensemble
 * has no more of them.
 */
function mostSpinsOf({ initial, spreads, ensemble }: Problem): number {
  const used = "energyOverKT" in initial ? variablesOf(initial.energyOverKT) : new Set<string>();
  const isOwn = spreads.some(({ name }) => used.has(name));
  return isOwn ? Math.max(fewestSpins, Math.min(mostSpins, ensemble)) : mostSpins;
}

/** The law of a pilot's variates. */
const lawOf = ({ variates }: Problem): "none" | "gaussian" => (variates === "none" ? "none" : "gaussian");

/** The scheme of a problem with the pilot's variates and another step. */
const schemeOf = (problem: Problem, h: number) =>
  integrators[problem.integrator].build(problem.dynamics, h, lawOf(problem), problem.breakpoints);

/** Recorded steps within the `reach` steps of a pilot, thinned. */
function timesWithin({ observables }: Problem, reach: number): number[] {
  const recorded = observables.flatMap(({ steps }) => [...(steps ?? [])]);
  const within = [...new Set(recorded)].filter((step) => step > 0 && step <= reach).sort((a, b) => a - b);
  const every = Math.ceil(within.length / mostTimes);
  return within.filter((_, i) => (within.length - 1 - i) % every === 0);
}

/**
 * Verifies a step without an exact solution: the same spins take it and half of it, along the same Brownian paths. The
 * variates are Gaussian even if those of the run are dyadic, because the sum of two Gaussian variates is Gaussian
 * again, and that of two dyadic ones is not dyadic. Both laws share five moments, so the difference is the same to the
 * order of the scheme. The noise that both have in common cancels, and only the error of the difference remains.
 *
 * Compares at the recorded times it reaches. Float64; drives and spreads are taken as they are. `effort` multiplies the number of spins.
 */
export function halfStepPilot(problem: Problem, effort = 1): Exact<Pilot> {
  const { timeStep } = problem;
  const reach = Math.min(problem.steps, mostSteps);
  const times = timesWithin(problem, reach);
  if (times.length === 0)
    return outOfReach(`no moments are recorded within the first ${reach} steps, which a pilot takes`);
  const last = times[times.length - 1];
  const few = effort * fewestSpins;
  const most = effort * mostSpinsOf(problem);
  const spins = Math.min(most, Math.max(few, Math.floor((effort * perTime) / times[0])));
  const { weakOrder } = integrators[problem.integrator];
  const law = lawOf(problem);
  const names = problem.spreads.map(({ name }) => name);
  const walker = (h: number) => {
    const scheme = schemeOf(problem, h);
    const compiled = (of: readonly Expression[]) => compileVector(of, [...magnetization, "t", ...names]);
    return {
      store: compiled(scheme.stored),
      walk: compileSteps(scheme.step, magnetization, [...unitVariates, "t"], names),
      observe: compiled(scheme.observed),
    };
  };
  const [whole, half] = [walker(timeStep), walker(timeStep / 2)];
  const startOf = fillingOf(problem, [{ ...schemeOf(problem, timeStep), stored: m }], []);
  const tallies = times.map(() => new MomentTally());
  const [x, y, seenWhole, seenHalf] = Array.from({ length: 4 }, () => new Float64Array(3));
  const stream = new Uint32Array(4);
  const path = new BrownianPath(timeStep, Math.max(...times.map((time, i) => time - (times[i - 1] ?? 0))));
  for (let spin = 0; spin < spins; spin++) {
    throwIfInterrupted();
    const end = spin < few ? last : Math.min(last, Math.floor((effort * perTime) / (spin + 1)));
    const start = startOf(spin, 1);
    const p = start.parameters.map(([value]) => value);
    const [a, b, c] = start.state.map(([value]) => value);
    whole.store(x, 0, a, b, c, 0, ...p);
    half.store(y, 0, a, b, c, 0, ...p);
    seedStream(stream, problem.seed, spin, 0, purpose.pilot);
    for (let next = 0, step = 0; next < times.length && times[next] <= end; step = times[next++]) {
      const count = times[next] - step;
      path.draw(law === "none" ? undefined : stream, step, count);
      whole.walk(x, path.whole, 0, count, ...p);
      half.walk(y, path.half, 0, 2 * count, ...p);
      const t = (times[next] - 1) * timeStep + timeStep;
      whole.observe(seenWhole, 0, x[0], x[1], x[2], t, ...p);
      half.observe(seenHalf, 0, y[0], y[1], y[2], t, ...p);
      tallies[next].add(seenWhole, seenHalf);
    }
  }
  const differences = tallies.flatMap((tally) => tally.differences());
  if (!differences.every(({ difference, error }) => Number.isFinite(difference + error)))
    return outOfReach("the pilot is unstable at this step");
  const worst = differences.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  const factor = 2 ** weakOrder / (2 ** weakOrder - 1);
  return exactly({
    difference: worst.difference,
    standardError: worst.error,
    bias: factor * worst.difference,
    biasError: factor * worst.error,
    all: differences.map(({ difference, error }) => ({
      bias: factor * difference,
      biasError: factor * error,
    })),
    relative: (factor * worst.difference) / Math.max(worst.deviation, 1e-6),
    spins: worst.spins,
    steps: last,
    effort,
  });
}

/**
 * A bias of this many standard errors is none by chance. It is the largest of up to 216: without any bias one exceeds three errors in up
 * to a third of the pilots, four in one of seventy.
 */
export const significant = 4;

/** Whether the bias of a pilot is none by chance. */
export const isFound = ({ bias, biasError }: Pick<Pilot, "bias" | "biasError">): boolean =>
  bias > significant * biasError;

/** The bias that a pilot has found, less its error; 0 if chance would do. */
export const foundBias = (pilot: Pilot): number => (isFound(pilot) ? pilot.bias - pilot.biasError : 0);

/** A bias within this many of its errors below a limit may exceed it. */
const likely = 2;
/**
 * A pilot is repeated with `effort` times the usual number of spins, for half a second and two and a half, if a bias that may exceed the
 * limit is more than `least` of its errors and has an error of at most `most` limits; larger ones would stay too large.
 */
const repetitions = [
  { effort: 8, least: 1, most: 2 },
  { effort: 32, least: 2, most: 1 },
];
export const mostEffort = Math.max(...repetitions.map(({ effort }) => effort));
/** Most operations of a step for which it is repeated: some seconds of work. */
const mostRepeated = 4000;
/** Most spins of a pilot for each spin of the ensemble. */
const perSpin = 8;

/** A pilot with enough spins to decide whether the biases keep below a limit, as far as that takes no longer than seconds. */
export function decidedPilot(problem: Problem, limit: number): Exact<Pilot> {
  let pilot = halfStepPilot(problem);
  if (mostSpinsOf(problem) < mostSpins || sizeOf(schemeOf(problem, problem.timeStep).step) > mostRepeated)
    return pilot;
  for (const { effort, least, most } of repetitions) {
    if (pilot.value === null || foundBias(pilot.value) > limit) return pilot;
    const isOpen = pilot.value.all.some(
      ({ bias, biasError }) =>
        bias > least * biasError && bias + likely * biasError > limit && biasError <= most * limit,
    );
    if (!isOpen || effort * mostSpins > perSpin * problem.ensemble) return pilot;
    pilot = halfStepPilot(problem, effort);
  }
  return pilot;
}

/** A Brownian path over some steps: three unit variates and the time of each whole step, and of its two halves. */
class BrownianPath {
  readonly whole: readonly Float64Array[];
  readonly half: readonly Float64Array[];
  readonly #timeStep: number;

  constructor(timeStep: number, longest: number) {
    this.#timeStep = timeStep;
    this.whole = Array.from({ length: 4 }, () => new Float64Array(longest));
    this.half = Array.from({ length: 4 }, () => new Float64Array(2 * longest));
  }

  /** The path of `count` steps from step `from` on; without noise where there is no stream. */
  draw(stream: Uint32Array | undefined, from: number, count: number): void {
    const { whole, half } = this;
    for (let k = 0; k < count; k++) {
      const t = (from + k) * this.#timeStep;
      whole[3][k] = t;
      half[3][2 * k] = t;
      half[3][2 * k + 1] = t + this.#timeStep / 2;
      if (!stream) continue;
      for (let i = 0; i < 3; i++) {
        const [first, second] = gaussianPair(sfc32(stream), sfc32(stream));
        half[i][2 * k] = first;
        half[i][2 * k + 1] = second;
        whole[i][k] = (first + second) * Math.SQRT1_2;
      }
    }
  }
}

interface Difference {
  readonly difference: number;
  readonly error: number;
  /** Of the moment's function over spins. */
  readonly deviation: number;
  readonly spins: number;
}

/** Orders differences: those that are none by chance by what they are at least, the others by how near they come to that. */
const weight = ({ difference, error }: Difference): number =>
  difference - (difference > significant * error ? 1 : significant) * error;

/** Sums over spins of differences in the nine first and second moments, and of the moments themselves. */
class MomentTally {
  #spins = 0;
  readonly #differences = new Float64Array(9);
  readonly #squares = new Float64Array(9);
  readonly #values = new Float64Array(9);
  readonly #valueSquares = new Float64Array(9);

  add(a: Float64Array, b: Float64Array): void {
    this.#spins++;
    for (let i = 0, k = 3; i < 3; i++) {
      this.#put(i, a[i], b[i]);
      for (let j = i; j < 3; j++) this.#put(k++, a[i] * a[j], b[i] * b[j]);
    }
  }

  #put(k: number, a: number, b: number): void {
    this.#differences[k] += a - b;
    this.#squares[k] += (a - b) ** 2;
    this.#values[k] += b;
    this.#valueSquares[k] += b * b;
  }

  differences(): Difference[] {
    const n = this.#spins;
    const deviation = (sum: number, squares: number): number =>
      Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
    return Array.from({ length: 9 }, (_, k) => ({
      difference: Math.abs(this.#differences[k] / n),
      error: deviation(this.#differences[k], this.#squares[k]) / Math.sqrt(n),
      deviation: deviation(this.#values[k], this.#valueSquares[k]),
      spins: n,
    }));
  }
}
