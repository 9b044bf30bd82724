import { fillingOf } from "../../ensemble/initial/filling.ts";
import type { Problem } from "../../experiment/problem.ts";
import { bounds } from "../../expression/bounds.ts";
import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { variablesOf } from "../../expression/expression.ts";
import { margin } from "../../expression/margin.ts";
import { substitute } from "../../expression/rewrite.ts";
import { magnetization } from "../../expression/vector.ts";
import { averagedPotential } from "../../fokker-planck/averaged-meridian.ts";
import { sharedAxis } from "../../fokker-planck/axis.ts";
import { projectionSetOf } from "../../fokker-planck/condition.ts";
import type { Frame, Vec3 } from "../../fokker-planck/frame.ts";
import { frameAlong, unit } from "../../fokker-planck/frame.ts";
import { importanceOfEscape, importanceOfEvent } from "../../fokker-planck/importance.ts";
import { placeOfStart } from "../../fokker-planck/initial-well.ts";
import { weightVariances } from "../../fokker-planck/weight-variance.ts";
import { integrators } from "../../integrators/index.ts";
import { areParallel } from "../../numerics/parallel.ts";
import type { Dynamics } from "../../physics/dynamics.ts";
import { isDriven } from "../../physics/dynamics.ts";
import { meansOf } from "../../physics/spread.ts";
import { byEnergy } from "./by-energy.ts";
import type { LogPotential } from "./potential.ts";
import { alongAxis, inTurn, ofFormula, raised, spreadOut, steepnessOf } from "./potential.ts";
import { stagesTogether } from "./searches.ts";
import type { PlannedRareEvent } from "./spec.ts";
import type { TemperedStart } from "./tempered-start.ts";
import { startOfEvent } from "./unseen-start.ts";

/** An importance function G, which guides spins to an event. */
export interface Guidance {
  /** ln G at each of the times, or at all. */
  readonly potentials: readonly LogPotential[];
  /** Its origin, in words. */
  readonly source: string;
}

/** Guidance of spins to an event: the times of resampling, and the importance function. */
export interface Guide extends Guidance {
  /** Reduced times, ascending. */
  readonly times: readonly number[];
  /**
   * Another G for every other island, if the first is not known to be good: islands do not show what their own G
   * misses.
   */
  readonly rival?: Guidance | undefined;
  /** Depth of the event in kT: −ln of the probability by G, or the barrier above the bottom of the well. */
  readonly climb: number;
  /** Share of the probability at the end from starts too rare for the ensemble. */
  readonly unseenStart?: number;
  /** Draws such starts as often as others; absent: spins start from their own law. */
  readonly tempered?: TemperedStart | undefined;
}

/** Exponent of the second G, which is a power of an approximate first one. */
const rivalPower = 0.75;

/** Guidance for islands of `size` spins, the first of them number `island`. */
export function guidanceOf(
  { potentials, source, rival, times }: Guide,
  size: number,
  island: number,
): Guidance {
  if (!rival) return { potentials, source };
  const at = ({ potentials: all }: Guidance, k: number): LogPotential => all[Math.min(k, all.length - 1)];
  const isConstant = potentials.length === 1 && rival.potentials.length === 1;
  return {
    source,
    potentials: Array.from({ length: isConstant ? 1 : times.length }, (_, k) =>
      inTurn(at({ potentials, source }, k), at(rival, k), size, island),
    ),
  };
}

/** A typed ln G at each of the times, or once where it does not change; `unit` is that of its t. */
const typedPotentials = (logG: Expression, times: readonly number[], unit: number): LogPotential[] =>
  ofFormula(logG, variablesOf(logG).has("t") ? times.map((time) => time * unit) : [0]);

/**
 * Pairs the user's G with the automatic one, an approximate G with a power of itself, and leaves an exact one alone.
 */
function guidances(
  { units }: Problem,
  { logImportance }: PlannedRareEvent,
  times: readonly number[],
  own: Guidance,
  isExact: boolean,
): Pick<Guide, "potentials" | "source" | "rival"> {
  if (logImportance) {
    const potentials = typedPotentials(logImportance, times, units.time);
    return { potentials, source: "typed by the user", rival: own };
  }
  if (isExact) return own;
  return {
    ...own,
    rival: {
      potentials: own.potentials.map((logG) => raised(logG, rivalPower)),
      source: `its power ${rivalPower}`,
    },
  };
}

/** Steps nearest to the times of a guide. */
export const stepsOf = ({ times }: Guide, timeStep: number): number[] =>
  times.map((t) => Math.round(t / timeStep));

/** Most stages of a run, and of a rate, whose spins may precess across steep slopes of ln G. */
const [mostStages, mostOfRate] = [4000, 12_000];

/** The dynamics with every spread at its mean: an importance function may be approximate. */
export function middleOf({ dynamics, spreads }: Pick<Problem, "dynamics" | "spreads">): Dynamics {
  const means = meansOf(spreads);
  const [psi, omega, diffusion] = substitute([dynamics.psi, dynamics.omega, dynamics.diffusion], means);
  return { psi, omega, diffusion };
}

/** A frame; the dynamics is averaged over the rings about its third axis. */
interface Rings {
  readonly frame: Frame;
  /** Whether dynamics and event are symmetric about its axis, so that the average is exact. */
  readonly isExact: boolean;
  /** Origin of its axis, in words. */
  readonly about: string;
}

/**
 * Rings about the common axis of the dynamics, if it has one and it is `preferred`; else about the axis of the event,
 * or about its mean direction.
 */
function ringsOf(dynamics: Dynamics, { event }: PlannedRareEvent, preferred = true): Rings {
  const shared = preferred ? sharedAxis(dynamics) : undefined;
  const { value: set } = projectionSetOf(event);
  const axis = set !== null && typeof set !== "string" ? set.axis : undefined;
  if (shared) {
    const isExact = axis !== undefined && areParallel(shared, axis);
    return { frame: frameAlong(shared), isExact, about: "the common axis" };
  }
  const rings = { isExact: false, about: "the event" };
  if (axis) return { ...rings, frame: frameAlong(axis) };
  const holds = compileScalar(event, magnetization);
  const sum = [0, 0, 0];
  for (const m of spreadOut) if (holds(...m)) for (let k = 0; k < 3; k++) sum[k] += m[k];
  const isEven = Math.hypot(...sum) < 1e-2 * spreadOut.length;
  return { ...rings, frame: frameAlong(isEven ? [0, 0, 1] : unit(sum as unknown as Vec3)) };
}

/**
 * Says if no direction, or every one, is in the event; undefined otherwise. Form and intervals decide, not sample
 * points, which may miss a small set.
 */
export function whyNoEvent({ event }: Pick<PlannedRareEvent, "event">): string | undefined {
  const { value: set } = projectionSetOf(event);
  const between = set === null ? bounds(margin(event), {}) : undefined;
  if (set === "nothing" || (between && between.low.bound > 0)) return "no direction of m meets the event";
  if (set === "everything" || (between && between.high.bound < 0))
    return "every direction of m meets the event";
  return undefined;
}

/** Curvature of Ψ/D along the meridian, and its span. */
function shapeOf(dynamics: Dynamics, frame: Frame, time: number) {
  const potential = averagedPotential(dynamics, frame);
  const diffusion = compileScalar(dynamics.diffusion, ["t"])(time);
  const count = 180;
  const heights = Array.from({ length: count + 1 }, (_, i) =>
    potential(-Math.cos((Math.PI * i) / count), time),
  );
  const step = Math.PI / count;
  let curvature = 0;
  for (let i = 1; i < count; i++) {
    curvature += ((heights[i + 1] - 2 * heights[i] + heights[i - 1]) / step ** 2) ** 2 / (count - 1);
  }
  return {
    diffusion,
    /** Root mean square rate of relaxation. */
    relaxation: diffusion * Math.max(1, Math.sqrt(curvature)),
    span: Math.max(...heights) - Math.min(...heights),
  };
}

/** Number of initial states that determine the depth of the event. */
const tried = 256;

/** State of some spins at the start. */
function startsOf(problem: Problem): readonly Float64Array[] {
  const scheme = integrators[problem.integrator].build(
    problem.dynamics,
    problem.timeStep,
    problem.variates,
    problem.breakpoints,
  );
  return fillingOf(problem, [scheme], [])(0, tried).state;
}

/** ln of the mean G at the start. */
function expectedLog(state: readonly Float64Array[], logG: LogPotential): number {
  const logs = new Float64Array(tried);
  logG.fill(
    logG.of.map((name) => state[magnetization.indexOf(name)]),
    logs,
  );
  const highest = Math.max(...logs);
  return highest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - highest), 0) / tried);
}

/** Stages per mean relaxation time. */
const stagesTried = [2, 4, 8, 16, 32];
/** Half the stages are too few if they increase the variance of the total gain of weight by this factor. */
const tooSteep = 1.6;

/** Number of stages per mean relaxation time: as few as possible without a much larger variance of the weights. */
function stagesIn(
  dynamics: Dynamics,
  frame: Frame,
  { event }: PlannedRareEvent,
  end: number,
  [x, y, z]: readonly Float64Array[],
  relaxation: number,
): number {
  const [, , u] = frame;
  const heights = x.map((_, i) => u[0] * x[i] + u[1] * y[i] + u[2] * z[i]);
  const lengths = stagesTried.map((per) => Math.min(end / 4, 1 / (per * relaxation)));
  const variances = weightVariances(dynamics, frame, event, end, heights, lengths);
  return stagesTried[variances.findIndex((variance, k) => !(variance > tooSteep * 2 * variances[k + 1]))];
}

/**
 * Guides spins to an event at the end of the run: two stages per mean relaxation time, and more if few spins gain most
 * of the weight.
 */
export function guideToEnd(problem: Problem, planned: PlannedRareEvent): Guide {
  const dynamics = middleOf(problem);
  const { frame, isExact, about } = ringsOf(dynamics, planned);
  const end = problem.steps * problem.timeStep;
  const [, , u] = frame;
  const middles = [0.1, 0.3, 0.5, 0.7, 0.9].map((x) => shapeOf(dynamics, frame, x * end));
  const relaxation = Math.max(...middles.map((shape) => shape.relaxation));
  const starts = startsOf(problem);
  const perRelaxation = stagesIn(dynamics, frame, planned, end, starts, relaxation);
  const count = Math.max(4, Math.min(mostStages, Math.ceil(perRelaxation * relaxation * end)));
  const times = Array.from({ length: count }, (_, i) => (i * end) / count);
  const logs = importanceOfEvent(dynamics, frame, planned.event, times, end);
  const potentials = logs.map((logG) => alongAxis(u, logG));
  const { unseen, tempered } = startOfEvent(problem, frame, logs[0], problem.ensemble);
  const climb = -expectedLog(starts, potentials[0]);
  const source = `the backward solution ${isExact ? "" : "over rings averaged "}about ${about}`;
  // with spreads it belongs to the mean parameters
  const isBest = isExact && problem.spreads.length === 0;
  const led = guidances(problem, planned, times, { potentials, source }, isBest);
  return { times, climb, unseenStart: unseen, tempered, ...led };
}

/**
 * Guides spins out of a well continuously: `times` cover the settling and then three times as long; or the reason why
 * that is impossible.
 */
export function guideToEscape(problem: Problem, planned: PlannedRareEvent): Guide | string {
  const { dynamics, spreads, initial } = problem;
  if (isDriven(dynamics)) return "a rate needs a drive that does not change in time";
  if (spreads.length > 0) return "rates differ from spin to spin";
  // an event beside the axis contains no ring about it
  const [led] = [true, false].flatMap((preferred) => {
    const rings = ringsOf(dynamics, planned, preferred);
    const found = importanceOfEscape(dynamics, rings.frame, planned.event, placeOfStart(initial));
    return found ? [{ rings, found }] : [];
  });
  if (!led) return "no ring about an axis lies in the event, so there is no automatic importance function";
  const { rings, found } = led;
  if ("reason" in found) return found.reason;
  const { frame, isExact, about } = rings;
  const { relaxation, diffusion, span } = shapeOf(dynamics, frame, 0);
  const [, , u] = frame;
  const logG = isExact ? alongAxis(u, found.logG) : byEnergy(dynamics, frame, planned.event, found);
  // between stages ln G should change by about one, along the axis on its steepest slope and across lines of equal G,
  // which are steeper in a film
  const steepness = isExact ? found.steepness : Math.max(found.steepness, steepnessOf(logG));
  const interval = Math.min(0.5 / relaxation, 1 / (diffusion * steepness ** 2));
  const settling = (10 + 2 * Math.log(1 + span)) / relaxation;
  const wanted = stagesTogether * Math.ceil((4 * settling) / interval / stagesTogether);
  const count = Math.min(mostOfRate, wanted);
  const times = Array.from({ length: count }, (_, i) => (i * 4 * settling) / count);
  const source = `the chance to reach the event before the bottom of the well, ${isExact ? "" : "of a spin's energy, over rings averaged "}about ${about}`;
  const own = { potentials: [logG], source };
  return { times, climb: found.climb, ...guidances(problem, planned, times, own, isExact) };
}
