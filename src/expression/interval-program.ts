import type { Expression, Operator } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { intervalOperators, point, square, wholeLine } from "./interval.ts";
import { schedule } from "./schedule.ts";

/** Expressions that are evaluated over sets: each value once, whatever the number of expressions that read it. */
export interface IntervalProgram {
  /** Sets that hold the expressions where the variables are in the given ones; a variable without one may be anything. */
  evaluate(variables: Readonly<Record<string, Interval>>): Interval[];
  /**
   * What the first `count` expressions were decided to be at the latest evaluation, a mark for each of their choices: the branch
   * of a select, min, max or abs, the step of a floor; "?" where it is open. Equal marks mean one and the same smooth formula.
   */
  branches(): string[];
  /** Whether a jump (select, floor) was open at the latest evaluation. */
  mayJump(): boolean;
}

/** Operators at which a formula changes. */
export const choices: ReadonlySet<Operator> = new Set(["select", "min", "max", "abs", "floor"]);

/** `count`: how many of the outputs `branches` and `mayJump` speak of; all of them by default. */
export function intervalProgram(outputs: readonly Expression[], count = outputs.length): IntervalProgram {
  const program = schedule(outputs);
  const values: Interval[] = program.values.map((value) =>
    value.kind === "constant" ? point(value.value) : wholeLine,
  );
  const steps = program.values.flatMap((value, place) => {
    if (value.kind !== "apply") return [];
    const [a, b, c] = value.operands;
    // x·x is a square and x − x is zero: as one value they are known better than as two
    const isSame = a === b;
    if (isSame && value.operator === "mul") return [{ place, apply: square, a, b: a, c: a }];
    if (isSame && value.operator === "sub") return [{ place, apply: () => point(0), a, b: a, c: a }];
    return [{ place, apply: intervalOperators[value.operator], a, b: b ?? a, c: c ?? a }];
  });
  const variables = program.values.flatMap((value, place) =>
    value.kind === "variable" ? [{ place, name: value.name }] : [],
  );
  const open = choicesOf(program, program.outputs.slice(0, count));
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
    evaluate(given) {
      for (const { place, name } of variables) values[place] = given[name] ?? wholeLine;
      for (const { place, apply, a, b, c } of steps) values[place] = apply(values[a], values[b], values[c]);
      return program.outputs.map((place) => values[place]);
    },
    branches: () => open.map(mark),
    mayJump: () =>
      open.some(
        (choice) => (choice.operator === "select" || choice.operator === "floor") && mark(choice) === "?",
      ),
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
