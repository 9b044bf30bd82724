import type { Stretch } from "../expression/timeline.ts";
import { timeline } from "../expression/timeline.ts";
import { integrateDriven } from "./driven-evolution.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { propagatorOf } from "./propagator.ts";
import { stopsAt } from "./stops.ts";

/**
 * Coefficients at the given ascending times ≥ 0. Stretches in which the drive is proved not to change are propagated by Krylov
 * exponentials sector by sector; others by an adaptive Runge–Kutta method. Times in `breakpoints` are stops of their own.
 */
export function evolveCoefficients(
  generator: Generator,
  initial: Float64Array,
  times: readonly number[],
  breakpoints: readonly number[] = [],
): Float64Array[] {
  const last = times[times.length - 1] ?? 0;
  const { stretches } = timeline(generator.times, 0, last);
  const stops = stopsAt([...times, ...breakpoints.filter((t) => t > 0 && t < last)], stretches);
  const reached = new Map<number, Float64Array>();
  let x: Float64Array = initial.slice();
  for (const { from, to, drive, ends } of spansOf(generator, stops, stretches)) {
    if (drive === undefined) {
      const { longestStep } = stretchAt(stretches, (from + to) / 2);
      x = integrateDriven(generator, x, from, to, longestStep);
    } else {
      const propagator = propagatorOf(generator.operatorAt((from + to) / 2), harmonicOrdering(generator));
      const states = propagator.series(
        x,
        ends.map((end) => end - from),
      );
      ends.forEach((end, i) => {
        reached.set(end, states[i]);
      });
      x = states[states.length - 1];
    }
    reached.set(to, x);
  }
  return times.map((t) => (t === 0 ? initial : (reached.get(t) as Float64Array)).slice());
}

/** From one stop to the next, or over several stops through which the drive keeps its values. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** The drive's values; undefined where it changes. */
  readonly drive: string | undefined;
  readonly ends: readonly number[];
}

const stretchAt = (stretches: readonly Stretch[], t: number): Stretch =>
  stretches.find(({ to }) => t < to) ?? stretches[0];

function spansOf(generator: Generator, stops: readonly number[], stretches: readonly Stretch[]): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const to of stops) {
    if (to <= from) continue;
    const middle = (from + to) / 2;
    const drive = stretchAt(stretches, middle).isConstant ? valuesAt(generator, middle) : undefined;
    const last = spans[spans.length - 1];
    if (drive !== undefined && last?.drive === drive)
      spans[spans.length - 1] = { ...last, to, ends: [...last.ends, to] };
    else spans.push({ from, to, drive, ends: [to] });
    from = to;
  }
  return spans;
}

/** The drive's values, as text. */
const valuesAt = ({ parts, diffusion }: Generator, t: number): string =>
  [diffusion(t), ...parts.map(({ scale }) => scale(t))].join(" ");
