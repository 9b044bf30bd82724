import type { Expression } from "../../expression/expression.ts";
import {
  add,
  and,
  floor,
  less,
  lessEqual,
  log,
  max,
  min,
  mul,
  select,
  square,
  variable,
} from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import type { Tally, TallyResult } from "../kernel.ts";
import type { Observer } from "./observer.ts";
import { seenInPassing } from "./observer.ts";
import { watchedMargin } from "./threshold.ts";

/** Logarithmic bins of dwell times: from one step to the whole run. */
export const dwellBins = 96;

/**
 * Share of the run before counting begins. A spin between the sets has no label yet, and just these spins are about to
 * cross: counting from the start would miss crossings more than time and lengthen dwells by up to a per cent.
 */
export const settling = 0.1;

/**
 * Two-level fluctuation with hysteresis: a spin carries the label of the set it was in last. Kept per spin: the
 * label (1 up, −1 down, 0 before the first entry), its age in steps, the steps spent under each label and the
 * exits from each. A finished dwell is counted by the logarithm of its length.
 */
export function observeDwell(
  name: string,
  id: string,
  scheme: Scheme,
  conditions: { readonly up: Expression; readonly down: Expression },
  diffusion: Expression,
  timeStep: number,
  steps: number,
): Observer {
  const register = (what: string): Expression => variable(`${id}_${what}`);
  const [label, age, upSteps, downSteps, upExits, downExits] = [
    "label",
    "age",
    "upSteps",
    "downSteps",
    "upExits",
    "downExits",
  ].map(register);
  const inside = (condition: Expression): Expression =>
    lessEqual(seenInPassing(scheme, watchedMargin(condition, diffusion, timeStep)), 0);
  const nextLabel = select(inside(conditions.up), 1, select(inside(conditions.down), -1, label));
  const counting = lessEqual(settling * steps * timeStep, variable("t"));
  const isUp = and(counting, less(0, label));
  const isDown = and(counting, less(label, 0));
  const leavesUp = and(isUp, less(nextLabel, 0));
  const leavesDown = and(isDown, less(0, nextLabel));
  const switches = less(0, square(add(nextLabel, mul(-1, label))));
  const binsPerUnit = dwellBins / Math.log(Math.max(steps, 2));
  const bin = max(0, min(floor(mul(binsPerUnit, log(max(age, 1)))), dwellBins - 1));
  const dwells = (when: Expression): Tally => ({ kind: "histogram", when, index: bin, bins: dwellBins });
  // Whole numbers up to 2^24 are summed exactly; products serve error bars only and may be coarser. Exits are
  // clamped at 4096 a spin there.
  const powerOfTwo = (x: number): number => 2 ** Math.ceil(Math.log2(x));
  const exact = 2 ** 24;
  const total = (value: Expression, high: number): Tally => ({ kind: "sum", value, low: 0, high });
  const time = powerOfTwo(Math.max(steps, 2));
  return {
    registers: [
      { name: `${id}_label`, initial: 0, next: nextLabel },
      { name: `${id}_age`, initial: 0, next: select(switches, 1, add(age, 1)) },
      { name: `${id}_upSteps`, initial: 0, next: select(isUp, add(upSteps, 1), upSteps) },
      { name: `${id}_downSteps`, initial: 0, next: select(isDown, add(downSteps, 1), downSteps) },
      { name: `${id}_upExits`, initial: 0, next: select(leavesUp, add(upExits, 1), upExits) },
      { name: `${id}_downExits`, initial: 0, next: select(leavesDown, add(downExits, 1), downExits) },
    ],
    watch: [dwells(leavesUp), dwells(leavesDown)],
    views: {
      [name]: [
        ...[upSteps, upExits, downSteps, downExits].map((x) => total(x, exact)),
        total(square(upSteps), Math.max(time * time, exact)),
        total(mul(upSteps, upExits), Math.max(time * 4096, exact)),
        total(square(upExits), exact),
        total(square(downSteps), Math.max(time * time, exact)),
        total(mul(downSteps, downExits), Math.max(time * 4096, exact)),
        total(square(downExits), exact),
        total(mul(upSteps, downSteps), Math.max(time * time, exact)),
      ],
    },
  };
}

export interface DwellTotals {
  readonly mean: number;
  readonly standardError: number;
  readonly count: number;
}

/** Mean dwell (in steps) as time under a label over exits from it, its standard error over spins, and occupation. */
export function readDwell(results: readonly TallyResult[]): {
  up: DwellTotals | null;
  down: DwellTotals | null;
  occupationUp: number | null;
  occupationUpStandardError: number | null;
} {
  const sums = results.map((result) => (result.kind === "sum" ? result.total : 0));
  const spins = results[0].kind === "sum" ? results[0].count : 0;
  const [up, upExits, down, downExits, upUp, upCross, exitsUpUp, downDown, downCross, exitsDownDown, upDown] =
    sums;
  const ratio = (time: number, exits: number, tt: number, te: number, ee: number): DwellTotals | null => {
    if (exits === 0) return null;
    const mean = time / exits;
    const variance = Math.max(tt - 2 * mean * te + mean * mean * ee, 0);
    return {
      mean,
      standardError: Math.sqrt((variance * spins) / Math.max(spins - 1, 1)) / exits,
      count: exits,
    };
  };
  const labelled = up + down;
  const occupationUp = labelled > 0 ? up / labelled : null;
  let occupationUpStandardError: number | null = null;
  if (occupationUp !== null) {
    const q = 1 - occupationUp;
    const variance = Math.max(q * q * upUp - 2 * q * occupationUp * upDown + occupationUp ** 2 * downDown, 0);
    occupationUpStandardError = Math.sqrt(variance) / labelled;
  }
  return {
    up: ratio(up, upExits, upUp, upCross, exitsUpUp),
    down: ratio(down, downExits, downDown, downCross, exitsDownDown),
    occupationUp,
    occupationUpStandardError,
  };
}
