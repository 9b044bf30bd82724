import type { Telegraph } from "./telegraph.ts";
import { leaving } from "./telegraph.ts";

/**
 * Points of the pole's output for every level. At level s the output falls towards L_s as exp(−pole·t), so its points
 * are L_s ± R exp(−pole·(k h + phase·step)), k = −1, 0, 1 …, and one at L_s: the points move with the flow, and only a
 * jump of the level needs interpolation between points. With no pole each level has one point.
 */
export interface FlowGrid {
  /** Total number of points. */
  readonly size: number;
  /** First point of each level, and the number of points as a last entry. */
  readonly starts: readonly number[];
  /** Number of possible times of jumps per sample. */
  readonly stepsPerSample: number;
  /** Number of samples after which the points have moved by one; 1 unless the pole is slow. */
  readonly phases: number;
  /** Time between two points of the flow (s). */
  readonly spacing: number;
  /** Points on one side of a level. */
  readonly reach: number;
}

/** Spacing of the points; halve `fineness` to check the accuracy of the grid. */
export function planGrid(telegraph: Telegraph, sampleTime: number, fineness = 1): FlowGrid {
  const { levels, pole, noise } = telegraph;
  const count = levels.length;
  const perSample = pole === null ? Number.POSITIVE_INFINITY : pole * sampleTime;
  // after so many time constants within a sample the past is forgotten
  if (perSample > 12)
    return {
      size: count,
      starts: Array.from({ length: count + 1 }, (_, s) => s),
      stepsPerSample: 1,
      phases: 1,
      spacing: 0,
      reach: 0,
    };
  const relative = noise / (levels[count - 1] - levels[0]);
  // uncertainty of the output after the samples over which the pole averages
  const known = relative * Math.sqrt(Math.min(1, perSample));
  // each jump interpolates once; many jumps within the pole's memory would broaden the output
  const jumps = Math.max(...levels.map((_, s) => leaving(telegraph, s))) / (pole as number);
  const wanted = fineness * Math.min(0.25, Math.max(0.06, 5 * known)) * Math.min(1, Math.sqrt(0.3 / jumps));
  const stepsPerSample = Math.max(1, Math.ceil(perSample / wanted));
  const phases = stepsPerSample > 1 ? 1 : Math.max(1, Math.floor(wanted / perSample));
  const spacing = (sampleTime / stepsPerSample) * phases;
  // an output nearer to a level than this counts as being at the level, which shifts the fitted levels by a part of it
  const smallest = Math.min(0.01, Math.max(6e-4, 0.1 * known)) * Math.min(1, fineness);
  const reach = 2 + Math.ceil(-Math.log(smallest) / (perSample * (spacing / sampleTime)));
  const starts = [0];
  for (let s = 0; s < count; s++)
    starts.push(starts[s] + 1 + reach * ((s > 0 ? 1 : 0) + (s < count - 1 ? 1 : 0)));
  return { size: starts[count], starts, stepsPerSample, phases, spacing, reach };
}

/**
 * Output at every point, `phase` steps after phase 0 (halves allowed). For each level: its own value first, then values
 * below it from far to near, then above it from far to near.
 */
export function pointsAt(grid: FlowGrid, telegraph: Telegraph, phase: number): Float64Array {
  const { levels, pole } = telegraph;
  const points = new Float64Array(grid.size);
  const [lowest, highest] = [levels[0], levels[levels.length - 1]];
  levels.forEach((level, s) => {
    let at = grid.starts[s];
    points[at++] = level;
    for (const far of [lowest, highest]) {
      if (grid.reach === 0 || far === level) continue;
      for (let k = -1; k < grid.reach - 1; k++)
        points[at++] =
          level + (far - level) * Math.exp(-(pole as number) * grid.spacing * (k + phase / grid.phases));
    }
  });
  return points;
}

/**
 * The point that replaces each point after one spacing of the flow: the next nearer one; the nearest goes to the level
 * itself.
 */
export function movedOn(grid: FlowGrid): Int32Array {
  const to = new Int32Array(grid.size);
  for (let s = 0; s + 1 < grid.starts.length; s++) {
    const start = grid.starts[s];
    to[start] = start;
    for (let i = start + 1; i < grid.starts[s + 1]; i++)
      to[i] = (i - start) % grid.reach === 0 ? start : i + 1;
  }
  return to;
}

/** The two points of level s between which a value lies, and the weight of the second. Clamped to the ends. */
export function between(
  grid: FlowGrid,
  points: Float64Array,
  s: number,
  value: number,
): [number, number, number] {
  const start = grid.starts[s];
  const level = points[start];
  if (grid.reach === 0 || value === level) return [start, start, 0];
  // the side on which the value lies, if that side has points
  let first = start + 1;
  if (first >= grid.starts[s + 1]) return [start, start, 0];
  if (points[first] > level !== value > level) first += grid.reach;
  if (first >= grid.starts[s + 1]) return [start, start, 0];
  const sign = value > level ? 1 : -1;
  if (sign * (value - points[first]) >= 0) return [first, first, 0];
  let [low, high] = [first, first + grid.reach];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sign * (points[middle] - value) >= 0) low = middle;
    else high = middle;
  }
  const next = low + 1 < first + grid.reach ? low + 1 : start;
  return [low, next, (points[low] - value) / (points[low] - points[next])];
}
