import type { Backend } from "../ensemble/kernel.ts";
import * as e from "../expression/expression.ts";
import { dot, m, vector } from "../expression/vector.ts";
import type { FokkerPlanckSolution } from "../fokker-planck/index.ts";
import { demand, solveFokkerPlanck } from "../fokker-planck/index.ts";
import { integrators } from "../integrators/index.ts";
import { rateBias } from "../statistics/rate-bias.ts";
import type { Setting } from "../statistics/step-bias.ts";
import { coefficientsOf, meanShifts, settingOf } from "../statistics/step-bias.ts";
import { measure, median, type Runner, runnerOf, type Timing } from "./measure.ts";
import { spinsFor, type Twin } from "./run-bench.ts";
import { bare, dynamicsOf, workloadProblem } from "./workload.ts";

/** Bias at which schemes are compared: of ⟨mz²⟩, and of the logarithm of the slowest time. */
export const equalBias = { secondMoment: 0.003, logarithmOfTime: 0.03 } as const;

/** A uniaxial magnet in a field: damping, barrier in kT, field over the anisotropy field. */
export interface BiasCase {
  readonly alpha: number;
  readonly delta: number;
  readonly field: readonly [number, number, number];
}

/** From low damping to hot, as research on integrators compares them. */
export const biasCases: readonly BiasCase[] = [
  { alpha: 0.01, delta: 5, field: [0.2, 0, 0] },
  { alpha: 0.1, delta: 5, field: [0.2, 0, 0] },
  { alpha: 0.03, delta: 4, field: [0.4, 0, 0.15] },
  { alpha: 0.02, delta: 12, field: [0.6, 0, 0] },
  { alpha: 0.3, delta: 2, field: [0.3, 0, 0.3] },
];

type Variates = "dyadic" | "gaussian";
/** Each scheme with its customary noise. Gains are relative to the first. */
export const biasSchemes: readonly (readonly [string, Variates])[] = [
  ["heun", "gaussian"],
  ["semi-implicit", "dyadic"],
  ["implicit-midpoint", "dyadic"],
  ["splitting", "dyadic"],
  ["magnus", "dyadic"],
];

/** The longest step that is tried, in 1/(γ'B_K). */
export const longestStep = 1.2;
/**
 * Number of orders in the step beyond the first. At these limits the third order changes a bias by less than a thousandth of its value.
 */
const refinements = 2;
/** The search ends when the larger bias lies below its limit by less than this share of the limit. */
const closeEnough = 0.06;
const mostRounds = 10;

export interface Biases {
  /** ⟨mz²⟩ of the scheme less the exact one. */
  readonly secondMoment: number;
  /** ln τ of the scheme less the exact one, τ the slowest time. */
  readonly logarithmOfTime: number;
}

export interface EqualBiasRow extends Biases {
  readonly integrator: string;
  readonly variates: Variates;
  /** The largest step within the limits, 1/(γ'B_K). */
  readonly step: number;
  /** The search ended at the longest step it tries. */
  readonly isLongest: boolean;
  readonly spinStepsPerSecond: number;
  /** Physical time that a spin covers in one second on this machine, relative to the first scheme. */
  readonly gain: number;
}

/** A program written by hand, at the largest step of its scheme. */
export interface EqualBiasTwin {
  readonly name: string;
  readonly spinStepsPerSecond: number;
  /** Physical time per second of our fastest scheme over that of the program. */
  readonly advantage: number;
}

export interface EqualBiasResult {
  readonly limits: typeof equalBias;
  readonly backend: string;
  readonly adapter: string;
  readonly cases: readonly (BiasCase & {
    readonly rows: readonly EqualBiasRow[];
    readonly twins: readonly EqualBiasTwin[];
  })[];
}

const energyOf = ({ field }: BiasCase): e.Expression =>
  e.sub(e.neg(e.square(m[2])), e.mul(2, dot(vector(...field), m)));

/** A case with its exact solution. */
export interface SolvedCase {
  readonly solution: FokkerPlanckSolution;
  readonly setting: Setting;
  /** mz² in harmonics. */
  readonly square: Float64Array;
}

/** Solves a case on the exact side. */
export function solvedCase(magnet: BiasCase): SolvedCase {
  const energy = energyOf(magnet);
  const dynamics = dynamicsOf(energy, magnet.delta, magnet.alpha);
  const solution = demand(solveFokkerPlanck(dynamics, { tolerance: 1e-6 }));
  const problem = problemAt(solution, ["splitting", "dyadic"], 1);
  const setting = demand(settingOf(problem, solution));
  const [square] = coefficientsOf(solution, setting.generator, [e.square(m[2])]);
  return { solution, setting, square };
}

const problemAt = (
  { dynamics }: FokkerPlanckSolution,
  [integrator, variates]: readonly [string, Variates],
  timeStep: number,
) =>
  workloadProblem({ energy: e.constant(0), dynamics, ensemble: 1, timeStep, steps: 1, integrator, variates });

/** Biases of a scheme at a time step; `orders`: orders in the step beyond the first. */
export function biasesOf(
  { solution, setting, square }: SolvedCase,
  scheme: readonly [string, Variates],
  timeStep: number,
  orders = refinements,
): Biases {
  const problem = problemAt(solution, scheme, timeStep);
  const [secondMoment] = meanShifts(problem, solution, setting, [square], { refinements: orders });
  return { secondMoment, logarithmOfTime: -Math.log1p(demand(rateBias(problem, solution, orders))) };
}

/** The larger bias as a share of its limit. */
const shareOf = ({ secondMoment, logarithmOfTime }: Biases): number =>
  Math.max(
    Math.abs(secondMoment) / equalBias.secondMoment,
    Math.abs(logarithmOfTime) / equalBias.logarithmOfTime,
  );

/**
 * The largest step within the limits. Factors of 1.4 find it in the first order. Then, with all orders, the power law between the last
 * two steps gives the next one, until the larger bias is within `closeEnough` of its limit.
 */
export function largestStep(
  solved: SolvedCase,
  scheme: readonly [string, Variates],
): Biases & { readonly step: number; readonly isLongest: boolean } {
  let step = longestStep;
  while (step > 0.01 && shareOf(biasesOf(solved, scheme, step, 0)) > 1) step /= 1.4;
  let last: { readonly step: number; readonly share: number } | undefined;
  let power = integrators[scheme[0]].weakOrder;
  for (let round = 0; ; round++) {
    const biases = biasesOf(solved, scheme, step);
    const share = shareOf(biases);
    const isLongest = step === longestStep && share <= 1;
    if (isLongest || (share <= 1 && share > 1 - closeEnough)) return { ...biases, step, isLongest };
    if (round === mostRounds) throw new Error(`no largest step was found for ${scheme[0]}`);
    if (last) power = Math.log(share / last.share) / Math.log(step / last.step);
    last = { step, share };
    // aim at the middle of the range that is close enough; limit the power, in case the bias follows no power law
    const factor = ((1 - closeEnough / 2) / share) ** (1 / Math.min(6, Math.max(0.5, power)));
    step = Math.min(longestStep, step * Math.min(1.5, Math.max(0.6, factor)));
  }
}

/**
 * Physical time per second at equal bias, case by case: the largest step of every scheme within the limits, computed without
 * sampling, times its measured rate on a backend.
 */
export async function compareAtEqualBias(
  backend: Backend,
  {
    seconds = 0.3,
    twins = [],
    progress,
  }: { seconds?: number | undefined; twins?: readonly Twin[]; progress?: (text: string) => void } = {},
): Promise<EqualBiasResult> {
  const availability = await backend.probe();
  if (!availability.available) throw new Error(availability.reason);
  const spins = spinsFor(backend, availability);
  const runners: Runner[] = [];
  let timings: readonly Timing[];
  try {
    for (const [integrator, variates] of biasSchemes)
      runners.push(await runnerOf(backend, bare, { integrator, variates, spins }));
    timings = await measure([...runners, ...twins], { seconds, repeats: 5, progress });
  } finally {
    for (const runner of runners) await runner.close();
  }
  const rates = timings.map((timing) => median(timing.rates));
  const cases = biasCases.map((magnet) => {
    const solved = solvedCase(magnet);
    const found = biasSchemes.map((scheme) => {
      progress?.(`alpha ${magnet.alpha}, barrier ${magnet.delta}: ${scheme.join(", ")}`);
      return largestStep(solved, scheme);
    });
    // a ratio of rates is the median over the rounds: what slows a round slows neighbours alike
    const faster = (i: number): number =>
      median(timings[i].rates.map((rate, round) => rate / timings[0].rates[round]));
    const rows = found.map((row, i): EqualBiasRow => {
      const [integrator, variates] = biasSchemes[i];
      return {
        integrator,
        variates,
        ...row,
        spinStepsPerSecond: rates[i],
        gain: (faster(i) * row.step) / found[0].step,
      };
    });
    const best = rows.reduce((a, b) => (b.gain > a.gain ? b : a));
    const rivals = twins.flatMap((twin, k): EqualBiasTwin[] => {
      const scheme = biasSchemes.findIndex(([integrator]) => integrator === twin.integrator);
      if (scheme < 0) return [];
      const place = biasSchemes.length + k;
      const gain = (faster(place) * found[scheme].step) / found[0].step;
      return [
        { name: twin.name, spinStepsPerSecond: median(timings[place].rates), advantage: best.gain / gain },
      ];
    });
    return { ...magnet, rows, twins: rivals };
  });
  return { limits: equalBias, backend: backend.name, adapter: availability.adapter, cases };
}
