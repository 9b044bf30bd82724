import { compileScalar } from "../expression/compile.ts";
import { div } from "../expression/expression.ts";
import type { RepeatedTimeline } from "../expression/repeated-timeline.ts";
import { repeatedTimeline } from "../expression/repeated-timeline.ts";
import { substitute } from "../expression/rewrite.ts";
import { separate } from "../expression/separation.ts";
import { timeFunctions } from "../expression/time-functions.ts";
import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { CellChain, Cells } from "./cell-chain.ts";
import { evolveChain, fastestRate, fittedRates, meridianCells } from "./cell-chain.ts";
import type { Frame } from "./frame.ts";
import { expressionsInFrame, intoFrame, laboratory } from "./frame.ts";
import { evolveImplicitly } from "./implicit-chain.ts";
import { wellInterval } from "./initial-well.ts";
import { alongAxis, alongMeridian, onMeridian } from "./meridian.ts";
import { stopsAt } from "./stops.ts";

const coarsest = 160;
/** Steps of the coarsest level, in steps on which the drive is a straight line to 0.1 %. */
const coarseSteps = 8;
/** The first implicit step, as a share of the whole time, and the longest, in steps on which the drive is a straight line. */
const [firstStep, implicitSteps] = [1e-6, 4];
/** Largest error of one implicit step, as a share of the whole. */
const implicitTolerance = 1e-10;
/** Work of computing the rates of a cell, in solutions, and number of solutions in a step. */
const [ratesWork, leastSolved] = [4, 21];
/** Most hops times cells of one resolution. */
export const mostWork = 2e8;

/**
 * An axial problem for the evolution in cells: the band of living spins, the threshold between the two sides, and the times of the
 * output.
 */
export interface TailSetting {
  readonly dynamics: Dynamics;
  /** The third axis is the axis of the problem. */
  readonly frame: Frame;
  readonly initial: InitialLaw;
  readonly times: readonly number[];
  readonly threshold: number;
  readonly band: { readonly from: number; readonly to: number };
  readonly breakpoints: readonly number[];
}

/** Contents on the two sides at each time, at one resolution. */
export interface EvolvedTail {
  readonly above: readonly number[];
  readonly below: readonly number[];
  readonly beside: number;
  /** Absolute error of a probability. */
  readonly error: number;
  readonly work: number;
}

/** Contents of the cells during the evolution, and the work so far. */
interface Way {
  contents: Float64Array;
  now: number;
  /** The next implicit step. */
  stride: number;
  error: number;
  work: number;
}

/** The cells of one axial problem, evolved at the requested resolutions. */
export class TailCells {
  readonly #setting: TailSetting;
  readonly #potential: (x: number, t: number) => number;
  readonly #diffusion: (t: number) => number;
  readonly #drive: RepeatedTimeline;
  readonly #stops: readonly number[];
  /** Places at which the potential has kinks or narrow features. Cells end there at every level. */
  readonly #narrow: readonly number[];

  constructor(setting: TailSetting) {
    const { dynamics, frame, times, breakpoints } = setting;
    const last = times[times.length - 1] ?? 0;
    const [psi] = expressionsInFrame(frame, [dynamics.psi]);
    const meridian = onMeridian(div(psi, dynamics.diffusion));
    this.#setting = setting;
    this.#potential = compileScalar(meridian, [alongMeridian, "t"]);
    this.#diffusion = compileScalar(dynamics.diffusion, ["t"]);
    this.#drive = repeatedTimeline([...timeFunctions(meridian), dynamics.diffusion], last);
    const breaks = breakpoints.filter((t) => t > 0 && t < last);
    this.#stops = stopsAt([...times, ...breaks], this.#drive.stretches);
    const shapes = separate(psi)?.map(({ space }) => space) ?? substitute([psi], { t: 0 });
    this.#narrow = shapes
      .flatMap((space) => alongAxis(laboratory, space).marks ?? [])
      .filter((_, i) => i % 2 === 0);
  }

  /** The evolution with cells and steps halved `level` times; undefined if it would take too much work. */
  evolved(level: number, isImplicit: boolean): EvolvedTail | undefined {
    const { frame, initial, times, threshold } = this.#setting;
    const cells = this.#cellsAt(level);
    const contents = startIn(cells, initial, frame);
    const beside = contents[cells.centers.findIndex((z) => z > threshold)] ?? 0;
    const last = times[times.length - 1] ?? 0;
    const way: Way = { contents, now: 0, stride: last * firstStep, error: 0, work: 0 };
    const [above, below]: [number[], number[]] = [[], []];
    for (const stop of this.#stops) {
      const isDone = isImplicit
        ? stop <= way.now || this.#implicitly(cells, way, stop)
        : this.#explicitly(cells, way, stop, level);
      if (!isDone) return undefined;
      way.now = stop;
      if (!times.includes(stop)) continue;
      let [high, low] = [0, 0];
      way.contents.forEach((p, i) => {
        if (cells.centers[i] > threshold) high += p;
        else low += p;
      });
      above.push(high);
      below.push(low);
    }
    return { above, below, beside, error: way.error, work: way.work };
  }

  #cellsAt(level: number): Cells {
    const { band, threshold, initial, frame } = this.#setting;
    const start = "direction" in initial ? [intoFrame(frame, initial.direction)[2]] : [];
    const marks = [band.from, threshold, ...start, ...this.#narrow, band.to].filter(
      (x) => x >= band.from && x <= band.to,
    );
    return meridianCells(marks, coarsest << level);
  }

  get #hasRim(): boolean {
    const { from, to } = this.#setting.band;
    return from > -1 || to < 1;
  }

  #chainAt(cells: Cells, t: number): CellChain {
    return fittedRates(cells, (x) => this.#potential(x, t), this.#diffusion(t));
  }

  /** Implicit steps up to a stop; returns false if they take too much work. */
  #implicitly(cells: Cells, way: Way, stop: number): boolean {
    const { now, contents } = way;
    if (contents.every((x) => x === 0)) return true;
    const middle = (now + stop) / 2;
    const { isConstant, longestStep } = this.#drive.at(middle);
    const constant = isConstant ? this.#chainAt(cells, middle) : undefined;
    const longest = isConstant ? stop - now : implicitSteps * longestStep;
    // with a rim all spins may have passed long before
    const steps = this.#hasRim ? 0 : (stop - now) / longest;
    if (!(steps * ratesWork * leastSolved * contents.length < mostWork)) return false;
    const mostCells = (mostWork - way.work) / (isConstant ? 1 : ratesWork);
    const at = { from: now, to: stop, longest, step: way.stride, tolerance: implicitTolerance, mostCells };
    const evolved = evolveImplicitly((t) => constant ?? this.#chainAt(cells, t), contents, at);
    way.contents = evolved.contents;
    way.stride = evolved.step;
    way.error += evolved.error;
    way.work += evolved.work * (isConstant ? 1 : ratesWork);
    return way.work <= mostWork;
  }

  /** Hops with the drive at midpoints up to a stop; returns false if they are too many. */
  #explicitly(cells: Cells, way: Way, stop: number, level: number): boolean {
    const { now } = way;
    const { isConstant, longestStep } = this.#drive.at((now + stop) / 2);
    const parts = isConstant
      ? 1
      : Math.max(8, Math.ceil((stop - now) / (coarseSteps * longestStep))) << level;
    if (!(parts < mostWork)) return false;
    const step = (stop - now) / parts;
    for (let k = 0; k < parts && step > 0; k++) {
      const chain = this.#chainAt(cells, now + (k + 0.5) * step);
      way.work += fastestRate(chain) * step * way.contents.length;
      if (way.work > mostWork) return false;
      way.contents = evolveChain(chain, way.contents, step);
    }
    return true;
  }
}

/** Contents of the cells at the start. Spins outside the cells are left out. */
function startIn({ edges, centers }: Cells, initial: InitialLaw, frame: Frame): Float64Array {
  const n = centers.length;
  const p = new Float64Array(n);
  if ("isotropic" in initial) return p.map((_, i) => (edges[i + 1] - edges[i]) / 2);
  if ("direction" in initial) {
    const start = intoFrame(frame, initial.direction)[2];
    // on an edge, half goes to either side
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
  // normalize over the whole meridian, because a band may hold only a part
  const whole = meridianCells([-1, from, to, 1], 400);
  let total = 0;
  for (let i = 0; i < whole.centers.length; i++)
    if (whole.centers[i] > from && whole.centers[i] < to) total += weight(whole.edges[i], whole.edges[i + 1]);
  return p.map((x) => x / total);
}
