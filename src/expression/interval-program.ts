import type { Expression, Operator } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { intervalOperators, point, square, wholeLine } from "./interval.ts";
import { schedule } from "./schedule.ts";

/** Expressions that are evaluated over intervals: each value once, however many expressions read it. */
export interface IntervalProgram {
  /** Number of operations in one evaluation. */
  readonly size: number;
  /** Intervals that contain the expressions for variables in the given intervals; a variable without one may have any value. */
  evaluate(variables: Readonly<Record<string, Interval>>): Interval[];
  /**
   * The choices of the first `count` expressions at the latest evaluation, one mark each: the branch of a select, min, max or abs, the
   * value of a floor; "?" if undecided. Equal marks mean the same smooth formula.
   */
  branches(): string[];
  /** Whether a jump (select, floor) was undecided at the latest evaluation. */
  mayJump(): boolean;
}

/** Operators that choose between formulas. */
export const choices: ReadonlySet<Operator> = new Set(["select", "min", "max", "abs", "floor"]);

/** `count`: number of outputs that `branches` and `mayJump` cover; by default all. */
export function intervalProgram(outputs: readonly Expression[], count = outputs.length): IntervalProgram {
  const program = schedule(outputs);
  const values: Interval[] = program.values.map((value) =>
    value.kind === "constant" ? point(value.value) : wholeLine,
  );
  const steps = program.values.flatMap((value, place) => {
    if (value.kind !== "apply") return [];
    const [a, b, c] = value.operands;
    // treat x·x as a square and x − x as zero, which gives narrower intervals than two independent operands
    const isSame = a === b;
    if (isSame && value.operator === "mul") return [{ place, apply: square, a, b: a, c: a }];
    if (isSame && value.operator === "sub") return [{ place, apply: () => point(0), a, b: a, c: a }];
    return [{ place, apply: intervalOperators[value.operator], a, b: b ?? a, c: c ?? a }];
  });
  const variables = program.values.flatMap((value, place) =>
    value.kind === "variable" ? [{ place, name: value.name }] : [],
  );
  const open = choicesOf(program, program.outputs.slice(0, count));
  const jumps = open.filter(({ operator }) => operator === "select" || operator === "floor");
  const mark = ({ operator, place, operands: [a, b] }: Choice): string => {
    const [x, y] = [values[a], values[b ?? a]];
    switch (operator) {
      case "select":
        return x.low === 1 ? "1" : x.high === 0 ? "0" : "?";
      case "abs":
        return x.low >= 0 ? "+" : x.high <= 0 ? "-" : "?";
      case "floor":
        return values[place].low === values[place].high ? `${values[place].low}` : "?";
      default:
        return x.high <= y.low ? "<" : x.low >= y.high ? ">" : "?";
    }
  };
  return {
    size: steps.length,
    evaluate(given) {
      for (const { place, name } of variables) values[place] = given[name] ?? wholeLine;
      for (const { place, apply, a, b, c } of steps) values[place] = apply(values[a], values[b], values[c]);
      return program.outputs.map((place) => values[place]);
    },
    branches: () => open.map(mark),
    mayJump: () => jumps.some((choice) => mark(choice) === "?"),
  };
}

interface Choice {
  readonly operator: Operator;
  readonly place: number;
  readonly operands: readonly number[];
}

function choicesOf({ values }: ReturnType<typeof schedule>, from: readonly number[]): Choice[] {
  const found: Choice[] = [];
  const seen = new Set<number>();
  const walk = (place: number): void => {
    const value = values[place];
    if (value.kind !== "apply" || seen.has(place)) return;
    seen.add(place);
    value.operands.forEach(walk);
    if (choices.has(value.operator))
      found.push({ operator: value.operator, place, operands: value.operands });
  };
  from.forEach(walk);
  return found;
}

/**
 * Operations of all evaluations in one search: a quarter of a second. Usual formulas never need as many; for a formula of thousands of
 * operations the search visits fewer cells.
 */
const mostOperations = 1.5e6;

/** The cells that a search may visit: as many as asked for, fewer for a large program. */
export const affordable = (work: number, { size }: Pick<IntervalProgram, "size">): number =>
  Math.min(work, Math.max(leastCells, Math.floor(mostOperations / Math.max(1, size))));
/** However large the program. */
const leastCells = 30;
