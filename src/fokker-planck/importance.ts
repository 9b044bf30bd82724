import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { timeFunctions } from "../expression/time-functions.ts";
import { timeline } from "../expression/timeline.ts";
import { logSum } from "../numerics/log-sum.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { averagedCondition, averagedPotential } from "./averaged-meridian.ts";
import type { CellChain, Cells } from "./cell-chain.ts";
import { expectedLater, fittedRates, meridianCells } from "./cell-chain.ts";
import { deepestWell } from "./deepest-well.ts";
import { outsideOf, sidesOfEvent, wellLeftInto } from "./event-sides.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { intoFrame } from "./frame.ts";

/** ln of a positive function of z = axis·m. */
export type LogImportance = (z: number) => number;

/** Cells of a meridian; a layer of 1 kT in a well of 200 kT is several cells wide. */
const cellCount = 320;
/** Largest decrease of ln G below its maximum; it is constant beyond, where practically no spin reaches the event. */
const depth = 600;
/** Length of a piece of a changing drive, in steps on which the drive is a straight line. */
const piece = 4;

/**
 * Potentials that guide spins to an event at the end of a run: at each of the ascending `times` the probability of the event at `end`,
 * for a motion along the axis that is averaged over rings about it. For a problem that is symmetric about the axis it is exact up to the
 * cells, otherwise approximate. It is always positive, which is all that unbiased splitting requires.
 */
export function importanceOfEvent(
  dynamics: Dynamics,
  frame: Frame,
  event: Expression,
  times: readonly number[],
  end: number,
): LogImportance[] {
  const cells = meridianCells([-1, 1], cellCount);
  const potential = averagedPotential(dynamics, frame);
  const diffusion = compileScalar(dynamics.diffusion, ["t"]);
  const { stretches } = timeline([dynamics.psi, dynamics.diffusion].flatMap(timeFunctions), 0, end);
  const happens = averagedCondition(event, frame);
  let u: Float64Array = Float64Array.from(cells.centers, happens);
  let now = end;
  const found: LogImportance[] = [];
  const stops = [...times, ...stretches.map(({ from }) => from)].filter((t) => t < end).sort((a, b) => b - a);
  let known: { readonly stretch: object; readonly chain: CellChain } | undefined;
  for (const stop of new Set([...stops, 0])) {
    const middle = (now + stop) / 2;
    const stretch = stretches.find(({ to }) => middle < to);
    const parts =
      !stretch || stretch.isConstant
        ? 1
        : Math.max(1, Math.ceil((now - stop) / (piece * stretch.longestStep)));
    const length = (now - stop) / parts;
    for (let k = 0; k < parts && length > 0; k++) {
      const at = now - (k + 0.5) * length;
      if (!known || known.stretch !== stretch || !stretch?.isConstant)
        known = {
          stretch: stretch ?? {},
          chain: fittedRates(cells, (z) => potential(z, at), diffusion(at)),
        };
      u = expectedLater(known.chain, u, length);
    }
    now = stop;
    if (times.includes(stop)) found.unshift(logarithmOf(cells, u));
  }
  return found;
}

/** The potential that guides spins out of a well, and the well. */
export interface ImportanceOfEscape {
  readonly logG: LogImportance;
  readonly bottom: number;
  readonly climb: number;
  readonly steepness: number;
}

/**
 * A potential that guides spins out of a well: the probability to reach the event before the bottom of the well, for a motion along the
 * axis that is averaged over rings about it at time 0. A constant is added to G, which keeps enough spins in the well. `start` is the
 * initial direction; undefined if spins start everywhere. `bottom` is the height z of the bottom of the well, `climb` the barrier above
 * it in kT, `steepness` the largest slope of ln G per rad. Undefined if the event holds on no ring or on all; a reason if there is no
 * single rate.
 */
export function importanceOfEscape(
  dynamics: Dynamics,
  frame: Frame,
  event: Expression,
  start?: Vec3,
): ImportanceOfEscape | { readonly reason: string } | undefined {
  const cells = meridianCells([-1, 1], cellCount);
  const potential = averagedPotential(dynamics, frame);
  const { centers, edges } = cells;
  const n = centers.length;
  const inside = Array.from(centers, averagedCondition(event, frame)).map((share) => share > 0.5);
  const heights = Array.from(centers, (z) => potential(z, 0));
  const well = wellLeftInto(cells, heights, inside, start && intoFrame(frame, start)[2]);
  if (!well || "reason" in well) return well;
  const logs = new Float64Array(n);
  let most = Number.NEGATIVE_INFINITY;
  // spins on either side of an event leave their own well
  for (const side of sidesOfEvent(inside)) {
    const [from, to] = side;
    const beyond = outsideOf(side, n);
    const { bottom = from } = deepestWell(heights, beyond) ?? {};
    const u = logChances(cells, heights, beyond, bottom);
    const floor = logFloor(heights, u, beyond, edges);
    for (let i = from; i < to; i++) logs[i] = logSum(u[i], floor);
    most = Math.max(most, floor);
  }
  inside.forEach((isIn, i) => {
    if (isIn) logs[i] = logSum(0, most);
  });
  let steepness = 0;
  for (let i = 1; i < n; i++)
    steepness = Math.max(steepness, (Math.abs(logs[i] - logs[i - 1]) * n) / Math.PI);
  return { logG: interpolated(cells, logs), bottom: centers[well.bottom], climb: well.climb, steepness };
}

/**
 * ln of the probability to reach the event before the bottom of a well: ∫ exp W/(1 − z²) dz from the bottom outwards, on either side, up
 * to the event.
 */
function logChances(
  { centers, edges }: Cells,
  heights: readonly number[],
  inside: readonly boolean[],
  bottom: number,
): Float64Array {
  const n = centers.length;
  const u = new Float64Array(n).fill(Number.NaN);
  u[bottom] = Number.NEGATIVE_INFINITY;
  for (const sign of [1, -1]) {
    const logs: number[] = [];
    let sum = Number.NEGATIVE_INFINITY;
    let i = bottom + sign;
    for (; i >= 0 && i < n && !inside[i]; i += sign) {
      const rim = edges[sign > 0 ? i : i + 1];
      const distance = Math.abs(centers[i] - centers[i - sign]);
      const height = Math.max(heights[i], heights[i - sign]);
      sum = logSum(sum, height + Math.log(distance / ((1 - rim) * (1 + rim))));
      logs.push(sum);
    }
    const reaches = i >= 0 && i < n;
    const top = logs.at(-1) ?? 0;
    logs.forEach((log, k) => {
      u[bottom + sign * (k + 1)] = reaches ? log - top : Number.NEGATIVE_INFINITY;
    });
    for (; i >= 0 && i < n; i += sign) u[i] = 0;
  }
  return u;
}

/** Spins that wait in the well per spin that climbs. */
const waiting = 1 / 2;

/**
 * ln of the constant that is added to the probability q of escape so that enough spins stay in the well: a rate is a ratio to their
 * weight. Climbing spins are distributed as exp(−W) q (1 − q).
 */
function logFloor(
  heights: readonly number[],
  logChances: Float64Array,
  inside: readonly boolean[],
  edges: Float64Array,
): number {
  let [climbing, all] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  logChances.forEach((log, i) => {
    if (inside[i]) return;
    const here = Math.log(edges[i + 1] - edges[i]) - heights[i] + Math.log1p(-Math.min(1, Math.exp(log)));
    climbing = logSum(climbing, here + log);
    all = logSum(all, here);
  });
  const floor = Math.log(waiting) + climbing - all;
  return Number.isFinite(floor) ? floor : 0;
}

function logarithmOf(cells: Cells, u: Float64Array): LogImportance {
  const highest = u.reduce((most, x) => Math.max(most, x), 0);
  const floor = highest * Math.exp(-depth);
  return interpolated(
    cells,
    u.map((x) => Math.log(Math.max(x, floor, Number.MIN_VALUE))),
  );
}

/** Linear interpolation between the centres of cells, which are equally spaced in the angle up to rounding. */
function interpolated({ centers }: Cells, logs: Float64Array): LogImportance {
  const n = centers.length;
  return (z) => {
    const place = (Math.acos(Math.max(-1, Math.min(1, -z))) * n) / Math.PI - 0.5;
    const i = Math.max(0, Math.min(n - 2, Math.floor(place)));
    const x = Math.max(0, Math.min(1, place - i));
    return logs[i] + x * (logs[i + 1] - logs[i]);
  };
}
