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
  /** On a step no longer than this no function is further than `straightness` of its largest size from a straight line. */
  readonly longestStep: number;
}

export interface Timeline {
  /** They follow one another without gaps. */
  readonly stretches: readonly Stretch[];
  /** Kinks and jumps: where a choice (select, min, max, abs, floor) changes. */
  readonly breakpoints: readonly number[];
  /** Whether every stretch has a step that follows it; not so where choices change too often, or curvatures have no bound. */
  readonly isComplete: boolean;
}

/** Change, relative to a function's largest size, that counts as none. */
const constancy = 1e-14;
const straightness = 1e-3;
/** Steps in a stretch that is not cut further. */
const fewSteps = 32;
/** Neighbouring stretches are joined where that costs no more than twice the steps, and these more. */
const joiningCost = 16;
/** Halvings of the whole after which an open choice counts as a point. */
const depth = 46;
const mostCells = 40000;

/** By the list of functions, as one and the same object. */
const timelines = new WeakMap<readonly Expression[], Map<string, Timeline>>();

interface Found {
  from: number;
  to: number;
  isConstant: boolean;
  longestStep: number;
  /** Steps that its parts would take each by itself. */
  steps: number;
  readonly values: readonly Interval[];
  readonly first: readonly string[];
  last: readonly string[];
}

/**
 * What functions of t do between two times, by intervals: the time is halved until each piece is constant, or one smooth formula
 * that a few steps follow. Nothing is sampled, so nothing narrow is missed.
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
      const isNarrow = b - a <= least || cells > mostCells;
      if (!isConstant && !isNarrow && (isOpen || !(b - a <= fewSteps * longestStep)))
        next.push(...(isOpen ? cutAt(nextSwitch(interval(a, b)), [a, b], least) : halved(a, b)));
      else if (isOpen && !isConstant && b - a <= least) continue;
      else {
        isComplete &&= isConstant || b - a <= least || (!isOpen && longestStep > 0);
        // a root of t has no straight line at its end, but that end is a point
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

/** What lies before and behind the switch, or halves where none is known. */
function cutAt(root: Interval | undefined, [a, b]: [number, number], least: number): [number, number][] {
  if (!root || root.high - root.low > least) return halved(a, b);
  // the margin keeps rounding from leaving the choice open
  const [before, behind] = [root.low - least, root.high + least];
  return (
    [
      [a, before],
      [behind, b],
    ] as [number, number][]
  ).filter(([from, to]) => to > from);
}

/** Rounding of the evaluation itself must not count as a change: it is a few units of the size. */
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
    // what lay between was narrower than anything that is resolved
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
