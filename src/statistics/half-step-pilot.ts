import { fillingOf } from "../ensemble/initial/filling.ts";
import type { Problem } from "../experiment/problem.ts";
import { compileSteps, compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { variablesOf } from "../expression/expression.ts";
import { m, magnetization } from "../expression/vector.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../fokker-planck/exact.ts";
import { integrators } from "../integrators/index.ts";
import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { unitVariates } from "../physics/model.ts";
import { sfc32 } from "../random/sfc32.ts";
import { purpose, seedStream } from "../random/streams.ts";
import { gaussianPair } from "../random/variates.ts";

/** Bias of one moment at one time, signed. */
export interface PilotBias {
  readonly bias: number;
  readonly biasError: number;
  /** Standard deviation of the moment's function over spins. */
  readonly deviation: number;
  /** Spins that reached the time. */
  readonly spins: number;
}

/** Moments of a few spins at the step h less those at h/2 with the same Brownian paths. */
export interface Pilot {
  /** Of nine moments at the compared times, the largest difference that is none by chance, else the one that is least by chance. */
  readonly difference: number;
  readonly standardError: number;
  /** Bias at h that follows from the difference: 2^p/(2^p − 1) times it, p the weak order. */
  readonly bias: number;
  /** Its standard error. */
  readonly biasError: number;
  /** The bias in standard deviations of one spin at that time. */
  readonly relative: number;
  /** Spins that reached that time. */
  readonly spins: number;
  /** Number of steps of length h in the pilot. */
  readonly steps: number;
  /** Times the usual number of spins. */
  readonly effort: number;
  /** The longest step that was compared with its half, in h; more than 1 only together with h. */
  readonly stretch: number;
  /** Biases of all moments and times. */
  readonly all: readonly PilotBias[];
}

/**
 * Number of spins that reach a step, times that step. Many spins cover early times, when they are still in phase and a
 * phase error shows; few cover late ones. Together they take some 300 000 steps, a third of a second. In longer runs a
 * few spins go on up to `mostSteps`.
 */
const perTime = 48_000;
const fewestSpins = 24;
export const mostSpins = 2048;
const mostSteps = 4000;
/** Most times that are compared. */
const mostTimes = 24;

/**
 * Most spins of a pilot. Where the density of the start differs between spins, a draw may take a tenth of a second, and a small ensemble
 * has no more of them.
 */
export function mostSpinsOf({ initial, spreads, ensemble }: Problem): number {
  const used = "energyOverKT" in initial ? variablesOf(initial.energyOverKT) : new Set<string>();
  const isOwn = spreads.some(({ name }) => used.has(name));
  return isOwn ? Math.max(fewestSpins, Math.min(mostSpins, ensemble)) : mostSpins;
}

/** The law of a pilot's variates. */
const lawOf = ({ variates }: Problem): "none" | "gaussian" => (variates === "none" ? "none" : "gaussian");

/** The scheme of a problem with the pilot's variates and another step. */
export const schemeOf = (problem: Problem, h: number) =>
  integrators[problem.integrator].build(problem.dynamics, h, lawOf(problem), problem.breakpoints);

/** Recorded steps within the `reach` steps of a pilot, thinned, each at the nearest multiple. */
function timesWithin({ observables }: Problem, reach: number, multiple: number): number[] {
  const recorded = observables.flatMap(({ steps }) => [...(steps ?? [])]);
  const nearest = recorded.map((step) => multiple * Math.round(step / multiple));
  const within = [...new Set(nearest)].filter((step) => step > 0 && step <= reach).sort((a, b) => a - b);
  const every = Math.ceil(within.length / mostTimes);
  return within.filter((_, i) => (within.length - 1 - i) % every === 0);
}

/** How many times the usual spins, how many steps at once, and steps of which times are multiples. */
interface PilotSettings {
  readonly effort?: number;
  readonly stretch?: number;
  readonly multiple?: number;
}

/**
 * Verifies a step without an exact solution: the same spins take it and half of it, along the same Brownian paths. The
 * variates are Gaussian even if those of the run are dyadic, because the sum of two Gaussian variates is Gaussian
 * again, and that of two dyadic ones is not dyadic. Both laws share five moments, so the difference is the same to the
 * order of the scheme. The noise that both have in common cancels, and only the error of the difference remains.
 *
 * Compares at the recorded times it reaches. Float64; drives and spreads are taken as they are. `effort` multiplies the number of spins. With
 * `stretch`, that many steps are taken at once, and the bias at h follows by the weak order. Times are `multiple` steps from each other.
 */
export function halfStepPilot(
  problem: Problem,
  { effort = 1, stretch = 1, multiple = stretch }: PilotSettings = {},
): Exact<Pilot> {
  const timeStep = stretch * problem.timeStep;
  const reach = Math.min(problem.steps, mostSteps);
  const times = timesWithin(problem, reach, multiple).map((step) => step / stretch);
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
  const startOf = fillingOf(problem, [{ ...schemeOf(problem, problem.timeStep), stored: m }], []);
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
  const factor = biasOfDifference(problem) / stretch ** weakOrder;
  const all = tallies.flatMap((tally) => tally.biases(factor));
  if (!all.every(({ bias, biasError }) => Number.isFinite(bias + biasError)))
    return outOfReach("the pilot is unstable at this step");
  return exactly(pilotOf(problem, all, { steps: stretch * last, effort, stretch }));
}

/** Bias at a step over the difference between it and its half: 2^p/(2^p − 1), p the weak order. */
function biasOfDifference({ integrator }: Problem): number {
  const half = 2 ** integrators[integrator].weakOrder;
  return half / (half - 1);
}

/** A pilot from the biases of all its moments. */
export function pilotOf(
  problem: Problem,
  all: readonly PilotBias[],
  rest: Pick<Pilot, "steps" | "effort" | "stretch">,
): Pilot {
  const { bias, biasError, deviation, spins } = all.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  const factor = biasOfDifference(problem);
  return {
    difference: Math.abs(bias) / factor,
    standardError: biasError / factor,
    bias: Math.abs(bias),
    biasError,
    relative: Math.abs(bias) / Math.max(deviation, 1e-6),
    spins,
    ...rest,
    all,
  };
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

/** Orders biases: those that are none by chance by what they are at least, the others by how near they come to that. */
function weight({ bias, biasError }: PilotBias): number {
  const size = Math.abs(bias);
  return size - (isFound({ bias: size, biasError }) ? 1 : significant) * biasError;
}

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

  /** Biases of the moments, by their ratio to differences. */
  biases(factor: number): PilotBias[] {
    const n = this.#spins;
    const deviation = (sum: number, squares: number): number =>
      Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
    return Array.from({ length: 9 }, (_, k) => ({
      bias: (factor * this.#differences[k]) / n,
      biasError: (factor * deviation(this.#differences[k], this.#squares[k])) / Math.sqrt(n),
      deviation: deviation(this.#values[k], this.#valueSquares[k]),
      spins: n,
    }));
  }
}
