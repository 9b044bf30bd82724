import { compileScalar } from "../expression/compile.ts";
import { div } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import { separate } from "../expression/separation.ts";
import { timeFunctions } from "../expression/time-functions.ts";
import type { Stretch } from "../expression/timeline.ts";
import { timeline } from "../expression/timeline.ts";
import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { Cells } from "./cell-chain.ts";
import { evolveChain, fastestRate, fittedRates, meridianCells } from "./cell-chain.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Frame } from "./frame.ts";
import { expressionsInFrame, intoFrame, laboratory } from "./frame.ts";
import { evolveImplicitly } from "./implicit-chain.ts";
import { wellInterval } from "./initial-well.ts";
import { alongAxis, alongMeridian, onMeridian } from "./meridian.ts";
import { stopsAt } from "./stops.ts";

export interface ProbabilityFigure {
  readonly value: number;
  /** Relative difference between the last two extrapolations. */
  readonly errorEstimate: number;
}

/** Probabilities on the two sides of a threshold at each time, each with its own relative accuracy. */
export interface TailProbability {
  readonly above: readonly ProbabilityFigure[];
  readonly below: readonly ProbabilityFigure[];
  /** Share of the spins that starts in the cell above the threshold. */
  readonly beside: number;
  /** Absolute error of all, where hops were too many for a relative accuracy of each. */
  readonly absoluteError?: number;
}

export interface TailOptions {
  /** Of z = axis·m; default 0. */
  readonly threshold?: number;
  /** The part of the meridian in which spins live; its ends absorb where they are not poles. Default all. */
  readonly band?: { readonly from: number; readonly to: number };
  /** Times at which the drive jumps or bends. */
  readonly breakpoints?: readonly number[];
  /** Relative error at the last time at which refining ends; default 1e-5. Where it is not reached the figures say so. */
  readonly tolerance?: number;
  /** Absolute error at which refining ends as well; default 0. */
  readonly absoluteTolerance?: number;
}

const coarsest = 160;
const levels = 5;
/** Steps of the coarsest level, in steps on which the drive is a straight line to a part in a thousand. */
const coarseSteps = 8;
/** The first implicit step, of the whole time, and the longest in steps on which the drive is a straight line. */
const [firstStep, implicitSteps] = [1e-6, 4];
/** Share of the whole that one implicit step may misplace, and what rounding does to all of them. */
const [implicitTolerance, leastError] = [1e-10, 1e-12];
/** Work of the rates of a cell, in solutions for its contents, and these in a step. */
const [ratesWork, leastSolved] = [4, 21];
/** Hops times cells that one resolution may cost. */
const mostWork = 2e8;
/** Relative error that is enough before the last time: fronts of 1e-15 that have just set out need many cells. */
const onTheWay = 1e-2;
/** Smaller figures have no relative accuracy in double precision. */
const tiniest = 1e-290;

/**
 * Forward evolution of an axial problem without a single subtraction: cells whose contents are never negative, midpoint
 * drives, and extrapolation of the logarithms over cells and steps halved together. A probability of 1e-15, or 1e-100, has as
 * many digits as one of a half. `dynamics` may depend on t; its axis is the frame's third. Where hops are too many for that, implicit
 * steps with an absolute error follow the same cells: small probabilities are uncertain then, and say so.
 */
export function tailProbability(
  dynamics: Dynamics,
  frame: Frame,
  initial: InitialLaw,
  times: readonly number[],
  options: TailOptions = {},
): Exact<TailProbability> {
  const { tolerance = 1e-5, absoluteTolerance = 0, threshold = 0, band = { from: -1, to: 1 } } = options;
  const last = times[times.length - 1] ?? 0;
  const [psi] = expressionsInFrame(frame, [dynamics.psi]);
  const meridian = onMeridian(div(psi, dynamics.diffusion));
  const potential = compileScalar(meridian, [alongMeridian, "t"]);
  const diffusion = compileScalar(dynamics.diffusion, ["t"]);
  const { stretches } = timeline([...timeFunctions(meridian), dynamics.diffusion], 0, last);
  const stops = stopsAt(
    [...times, ...(options.breakpoints ?? []).filter((t) => t > 0 && t < last)],
    stretches,
  );
  const stretchAt = (t: number): Pick<Stretch, "isConstant" | "longestStep"> =>
    stretches.find(({ to }) => t < to) ?? { isConstant: true, longestStep: 0 };

  // cells end where the potential bends, so that all levels see what one of them would
  const shapes = separate(psi)?.map(({ space }) => space) ?? substitute([psi], { t: 0 });
  const narrow = shapes
    .flatMap((space) => alongAxis(laboratory, space).marks ?? [])
    .filter((_, i) => i % 2 === 0);

  interface Solved {
    readonly above: readonly number[];
    readonly below: readonly number[];
    readonly beside: number;
    /** Of a probability, absolute. */
    readonly error: number;
    readonly work: number;
  }
  const solve = (level: number, isImplicit: boolean): Solved | undefined => {
    const start = "direction" in initial ? [intoFrame(frame, initial.direction)[2]] : [];
    const marks = [band.from, threshold, ...start, ...narrow, band.to].filter(
      (x) => x >= band.from && x <= band.to,
    );
    const cells = meridianCells(marks, coarsest << level);
    let p = startIn(cells, initial, frame);
    const beside = p[cells.centers.findIndex((z) => z > threshold)] ?? 0;
    let [now, work, error, stride] = [0, 0, 0, last * firstStep];
    const [above, below]: [number[], number[]] = [[], []];
    const chainAt = (t: number) => fittedRates(cells, (x) => potential(x, t), diffusion(t));
    for (const stop of stops) {
      const { isConstant, longestStep } = stretchAt((now + stop) / 2);
      if (isImplicit && stop > now) {
        const constant = isConstant ? chainAt((now + stop) / 2) : undefined;
        const longest = isConstant ? stop - now : implicitSteps * longestStep;
        if (!(((stop - now) / longest) * ratesWork * leastSolved * p.length < mostWork)) return undefined;
        const at = { from: now, to: stop, longest, step: stride, tolerance: implicitTolerance };
        const evolved = evolveImplicitly((t) => constant ?? chainAt(t), p, at);
        p = evolved.contents;
        stride = evolved.step;
        error += evolved.error;
        work += evolved.work * (isConstant ? 1 : ratesWork);
        if (work > mostWork) return undefined;
      }
      const parts = isImplicit
        ? 0
        : isConstant
          ? 1
          : Math.max(8, Math.ceil((stop - now) / (coarseSteps * longestStep))) << level;
      if (!(parts < mostWork)) return undefined;
      const step = (stop - now) / parts;
      for (let k = 0; k < parts && step > 0; k++) {
        const middle = now + (k + 0.5) * step;
        const chain = chainAt(middle);
        work += fastestRate(chain) * step * p.length;
        if (work > mostWork) return undefined;
        p = evolveChain(chain, p, step);
      }
      now = stop;
      if (!times.includes(stop)) continue;
      let [high, low] = [0, 0];
      for (let i = 0; i < p.length; i++)
        if (cells.centers[i] > threshold) high += p[i];
        else low += p[i];
      above.push(high);
      below.push(low);
    }
    return { above, below, beside, error, work };
  };

  // Romberg's table in the logarithms: the errors of cells and of midpoints are even in their sizes
  let rows: number[][] = [];
  let errors: number[] = [];
  let isImplicit = false;
  let [absolute, beside] = [0, 0];
  for (let level = 0; level < levels; level++) {
    const found: Solved | undefined = solve(level, isImplicit);
    // cells halved and steps halved: hops are eight times as many. The third level is the first that tells an error
    if (level < 2 && !isImplicit && (!found || found.work * 8 ** (2 - level) > mostWork)) {
      isImplicit = true;
      rows = [];
      level = -1;
      continue;
    }
    if (!found) break;
    absolute = Math.max(absolute, found.error);
    beside = found.beside;
    const next = [[...found.above, ...found.below]];
    rows.forEach((row, k) => {
      const gain = 1 / (4 ** (k + 1) - 1);
      if (k < 2) next.push(next[k].map((x, i) => (x > 0 && row[i] > 0 ? x * (x / row[i]) ** gain : x)));
    });
    rows = next;
    if (level < 2) continue;
    const [, once, twice] = rows;
    const doubt = isImplicit ? Math.max(leastError, absolute) : 0;
    errors = twice.map((x, i) => {
      // beyond a rim nobody lives
      if (x <= tiniest) return doubt > 0 && band.from < threshold ? Number.MAX_VALUE : 0;
      return Math.abs(once[i] / x - 1) + doubt / x;
    });
    const last = times.length - 1;
    const isEnd = (i: number): boolean => i % times.length === last;
    // nothing is below what implicit steps misplace
    const enough = Math.max(absoluteTolerance, 2 * doubt);
    if (errors.every((e, i) => e <= (isEnd(i) ? tolerance : onTheWay) || e * twice[i] <= enough)) break;
  }
  if (errors.length === 0)
    return outOfReach("the time is too long for an evolution that keeps small probabilities");
  const value = rows[2];
  const side = (from: number): ProbabilityFigure[] =>
    times.map((_, i) => {
      // contents of cells are positive, but extrapolation may carry one over 1
      const [found, error] = [value[from + i], errors[from + i]];
      return { value: Math.min(1, found), errorEstimate: Math.max(error, found - 1) };
    });
  return exactly({
    above: side(0),
    below: side(times.length),
    beside,
    ...(isImplicit ? { absoluteError: Math.max(leastError, absolute) } : {}),
  });
}

/** Why a figure with too large a relative error is not given. */
export const notKnown = ({ errorEstimate }: ProbabilityFigure, { absoluteError }: TailProbability): string =>
  absoluteError === undefined
    ? `it did not settle: two resolutions differ by ${errorEstimate.toExponential(1)} of it`
    : `the time is too long for an evolution that keeps small probabilities, and it is known to ${absoluteError.toExponential(0)} only`;

/** Contents of the cells at the start. What lies outside the cells is not there. */
function startIn({ edges, centers }: Cells, initial: InitialLaw, frame: Frame): Float64Array {
  const n = centers.length;
  const p = new Float64Array(n);
  if ("isotropic" in initial) return p.map((_, i) => (edges[i + 1] - edges[i]) / 2);
  if ("direction" in initial) {
    const start = intoFrame(frame, initial.direction)[2];
    // an edge lies there: half goes to either side
    const holders = [...centers.keys()].filter(
      (i) => edges[i] <= start + 1e-12 && start - 1e-12 <= edges[i + 1],
    );
    for (const i of holders) p[i] = 1 / holders.length;
    return p;
  }
  const energy = alongAxis(frame, initial.energyOverKT);
  const [from, to] = "wellOf" in initial ? wellInterval(initial, frame) : [-1, 1];
  const lowest = [-1, 1, from, to, ...centers].reduce(
    (low, x) => Math.min(low, energy(x)),
    Number.POSITIVE_INFINITY,
  );
  const weight = (a: number, b: number): number => {
    const { nodes, weights } = gaussLegendreOn(6, a, b);
    return nodes.reduce((sum, x, q) => sum + weights[q] * Math.exp(lowest - energy(x)), 0);
  };
  for (let i = 0; i < n; i++) {
    const [a, b] = [Math.max(edges[i], from), Math.min(edges[i + 1], to)];
    if (b > a) p[i] = weight(a, b);
  }
  // normalized over the whole meridian: a band may hold a part of it only
  const whole = meridianCells([-1, from, to, 1], 400);
  let total = 0;
  for (let i = 0; i < whole.centers.length; i++)
    if (whole.centers[i] > from && whole.centers[i] < to) total += weight(whole.edges[i], whole.edges[i + 1]);
  return p.map((x) => x / total);
}
