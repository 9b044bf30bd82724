import { supremum } from "./bounds.ts";
import { decided } from "./decide.ts";
import { differentiate } from "./differentiate.ts";
import type { Expression } from "./expression.ts";
import { abs, uses } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { hull, interval, largest, width } from "./interval.ts";
import { intervalProgram } from "./interval-program.ts";
import { switchFinder } from "./switches.ts";

/** A stretch of time on which functions of t are one smooth formula each. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Proved: no function changes by more than `constancy` of its largest size. */
  readonly isConstant: boolean;
  /** On a step no longer than this every function is a straight line to within `straightness` of its largest magnitude. */
  readonly longestStep: number;
}

export interface Timeline {
  /** They follow one another without gaps. */
  readonly stretches: readonly Stretch[];
  /** Kinks and jumps: where a choice (select, min, max, abs, floor) changes. */
  readonly breakpoints: readonly number[];
  /** Whether every stretch has such a step; not so if choices change too often or curvatures have no bound. */
  readonly isComplete: boolean;
}

/** Change, relative to a function's largest magnitude, that counts as none. */
const constancy = 1e-14;
const straightness = 1e-3;
/** A stretch of this many steps is not divided further. */
const fewSteps = 32;
/** Neighbouring stretches are joined if that at most doubles the number of steps and adds this many. */
const joiningCost = 16;
/** After this many halvings of the whole interval an undecided choice counts as a point. */
const depth = 46;
const mostCells = 40000;
/** Operations of all cells together, some tenths of a second: functions of hundreds of operations are followed through fewer cells. */
const mostOperations = 2e6;

/** Timelines by the list of functions (the same object). */
const timelines = new WeakMap<readonly Expression[], Map<string, Timeline>>();

interface Found {
  from: number;
  to: number;
  isConstant: boolean;
  longestStep: number;
  /** Steps that its parts would take separately. */
  steps: number;
  readonly values: readonly Interval[];
  readonly first: readonly string[];
  last: readonly string[];
}

/**
 * Divides the time between two times into stretches, by interval arithmetic: pieces are halved until the functions are constant on each,
 * or one smooth formula that a few steps follow. Nothing is sampled, so nothing narrow is missed.
 */
export function timeline(functions: readonly Expression[], from: number, to: number): Timeline {
  const known = timelines.get(functions) ?? new Map<string, Timeline>();
  timelines.set(functions, known);
  const found = known.get(`${from} ${to}`) ?? resolved(functions, from, to);
  known.set(`${from} ${to}`, found);
  return found;
}

function resolved(functions: readonly Expression[], from: number, to: number): Timeline {
  const of = decided(functions, { t: interval(from, to) }).filter((f) => uses("t", [f]));
  if (of.length === 0 || !(to > from))
    return {
      stretches: to > from ? [{ from, to, isConstant: true, longestStep: Number.POSITIVE_INFINITY }] : [],
      breakpoints: [],
      isComplete: true,
    };
  const range = { t: interval(from, to) };
  const sizes = of.map((f) => Math.max(0, supremum(abs(f), range, { tolerance: 0.2, work: 400 }).attained));
  const curvatures = of.map((f) => differentiate(differentiate(f, "t"), "t"));
  const program = intervalProgram([...of, ...curvatures], of.length);
  const least = (to - from) * 2 ** -depth;
  const nextSwitch = switchFinder(of);
  const found: Found[] = [];
  let waiting: [number, number][] = [[from, to]];
  let cells = 0;
  const most = Math.min(mostCells, mostOperations / program.size);
  let isComplete = true;
  while (waiting.length > 0) {
    const next: [number, number][] = [];
    for (const [a, b] of waiting) {
      cells++;
      const all = program.evaluate({ t: interval(a, b) });
      const values = all.slice(0, of.length);
      const isConstant = values.every((value, i) => isSteady(value, sizes[i]));
      const marks = program.branches();
      const isOpen = marks.includes("?");
      const longestStep = Math.min(
        Number.POSITIVE_INFINITY,
        ...all.slice(of.length).map((c, i) => Math.sqrt((8 * straightness * sizes[i]) / largest(c))),
      );
      const isNarrow = b - a <= least || cells > most;
      if (!isConstant && !isNarrow && (isOpen || !(b - a <= fewSteps * longestStep)))
        next.push(...(isOpen ? cutAt(nextSwitch(interval(a, b)), [a, b], least) : halved(a, b)));
      else if (isOpen && !isConstant && b - a <= least) continue;
      else {
        isComplete &&= isConstant || b - a <= least || (!isOpen && longestStep > 0);
        // a square root has unbounded curvature at its end, but this end is one point
        const step = b - a <= least ? Math.max(longestStep, b - a) : longestStep;
        const steps = Math.max(1, (b - a) / step);
        found.push({
          from: a,
          to: b,
          isConstant,
          longestStep: step,
          steps,
          values,
          first: marks,
          last: marks,
        });
      }
    }
    waiting = next;
  }
  found.sort((x, y) => x.from - y.from);
  return joined(found, sizes, { from, to, isComplete });
}

const halved = (a: number, b: number): [number, number][] => {
  const cut = a / 2 + b / 2;
  return [
    [a, cut],
    [cut, b],
  ];
};

/** The pieces before and after the switch, or two halves if none is known. */
function cutAt(root: Interval | undefined, [a, b]: [number, number], least: number): [number, number][] {
  if (!root || root.high - root.low > least) return halved(a, b);
  // with this margin rounding cannot leave the choice undecided
  const [before, behind] = [root.low - least, root.high + least];
  return (
    [
      [a, before],
      [behind, b],
    ] as [number, number][]
  ).filter(([from, to]) => to > from);
}

/**
 * Whether a value is constant. Rounding in the evaluation, a few units in the last place of the magnitude, does not count as a change.
 */
const isSteady = (value: Interval, size: number): boolean => width(value) <= constancy * size;

function joined(
  found: readonly Found[],
  sizes: readonly number[],
  { from, to, isComplete }: { from: number; to: number; isComplete: boolean },
): Timeline {
  const stretches: Found[] = [];
  const breakpoints: number[] = [];
  for (const cell of found) {
    const before = stretches[stretches.length - 1];
    if (!before) {
      stretches.push({ ...cell, from });
      continue;
    }
    const isKink = before.last.some(
      (mark, i) => mark !== cell.first[i] && mark !== "?" && cell.first[i] !== "?",
    );
    // the piece between was narrower than the resolution
    const edge = before.to / 2 + cell.from / 2;
    if (isKink) breakpoints.push(edge);
    const values = before.values.map((value, i) => hull(value, cell.values[i]));
    const isConstant = before.isConstant && cell.isConstant && values.every((x, i) => isSteady(x, sizes[i]));
    const short = Math.min(before.longestStep, cell.longestStep);
    const steps = before.steps + cell.steps;
    const isAlike =
      !before.isConstant &&
      !cell.isConstant &&
      !isKink &&
      (cell.to - before.from) / short <= 2 * steps + joiningCost;
    if (isConstant || isAlike)
      stretches[stretches.length - 1] = {
        ...before,
        to: cell.to,
        values,
        longestStep: short,
        steps,
        last: cell.last.map((mark, i) => (mark === "?" ? before.last[i] : mark)),
      };
    else {
      before.to = edge;
      stretches.push({ ...cell, from: edge });
    }
  }
  const last = stretches[stretches.length - 1];
  if (last) last.to = to;
  return {
    stretches: stretches.map(({ from, to, isConstant, longestStep }) => ({
      from,
      to,
      isConstant,
      longestStep: isConstant ? Number.POSITIVE_INFINITY : Math.min(longestStep, to - from),
    })),
    breakpoints,
    isComplete,
  };
}
