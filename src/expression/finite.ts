import { domainOf } from "./bounds.ts";
import { compileVector } from "./compile.ts";
import type { Cell } from "./domain.ts";
import { centre, halves, middle, variablesOn, wholeDomain } from "./domain.ts";
import type { Expression, Operator } from "./expression.ts";
import { variablesOf, visit } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { isBounded, point, width } from "./interval.ts";
import { affordable, intervalProgram } from "./interval-program.ts";
import { merged } from "./merge.ts";
import { magnetization } from "./vector.ts";

/** Operators whose value may be infinite or undefined at finite operands. */
const risky: ReadonlySet<Operator> = new Set(["div", "sqrt", "asin", "acos", "atan2", "exp", "log", "log1p"]);

/** Sides of a cell, relative to the domain's, that are not halved further. */
const narrowest = 2 ** -46;
/** A value this many times larger than earlier ones counts as unbounded growth. */
const growth = 1e5;
const mostWork = 4000;
/** Most narrow cells that are tried although they have no bound but ordinary values (singularities that cancel). */
const mostHarmless = 32;

/** Whether the form alone shows that the expressions are finite at finite variables: sums and products of bounded functions. */
function isFiniteByForm(outputs: readonly Expression[]): boolean {
  let isShown = true;
  visit(outputs, (node) => {
    if (node.kind === "constant") isShown &&= Number.isFinite(node.value);
    else if (node.kind === "apply" && risky.has(node.operator)) isShown &&= variablesOf(node).size === 0;
  });
  return isShown;
}

/**
 * Searches a domain for a place at which an expression is not finite: returns the variables where one is NaN or grows without bound, or
 * undefined. Cells on which intervals prove a bound are finished; the others are halved until a pole is found, so no narrow pole is
 * missed. What intervals cannot decide within the work counts as finite.
 */
export function infinityOf(
  asked: readonly Expression[],
  box: Readonly<Record<string, Interval>>,
): Readonly<Record<string, number>> | undefined {
  if (isFiniteByForm(asked)) return undefined;
  const outputs = merged(asked);
  const domain = domainOf(outputs, box);
  const names = [...domain.components, ...Object.keys(domain.box)];
  const program = intervalProgram(outputs);
  const evaluate = compileVector(outputs, names);
  const values = new Float64Array(outputs.length);
  const whole = wholeDomain(domain);
  const sizes = whole[0].intervals.map(width);
  const isFiniteAt = (cell: Cell): boolean => {
    const at = variablesOn(domain, cell);
    evaluate(values, 0, ...names.map((name) => middle(at[name])));
    return values.every(Number.isFinite);
  };
  const placeOf = (cell: Cell): Record<string, number> => {
    const at = variablesOn(domain, cell);
    return Object.fromEntries(names.map((name) => [name, middle(at[name])]));
  };
  // formulas most often fail at the ends of the variables' ranges
  const broken = whole.flatMap(cornersOf).find((corner) => !isFiniteAt(corner));
  if (broken) return placeOf(broken);
  let largest = 0;
  let harmless = 0;
  // coarse cells first, then one path after the other down to its pole
  const waiting: Cell[] = whole;
  const most = affordable(mostWork, program);
  for (let work = 0; waiting.length > 0 && work < most && harmless < mostHarmless; work++) {
    const cell = waiting.pop()!;
    const isProved = program.evaluate(variablesOn(domain, cell)).every(isBounded);
    if (!isFiniteAt(centre(cell))) return placeOf(centre(cell));
    const size = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    if (isProved) {
      largest = Math.max(largest, size);
      continue;
    }
    const shares = cell.intervals.map((side, i) => (sizes[i] > 0 ? width(side) / sizes[i] : 0));
    const widest = shares.indexOf(Math.max(...shares));
    if (widest >= 0 && shares[widest] > narrowest) waiting.push(...halves(cell, widest));
    else if (size > growth * Math.max(largest, Number.MIN_VALUE)) return placeOf(centre(cell));
    else harmless++;
  }
  return undefined;
}

/** With more variables a cell has too many corners. */
const mostVariables = 6;

function cornersOf({ face, intervals }: Cell): Cell[] {
  if (intervals.length > mostVariables) return [];
  const corners = intervals.reduce<Interval[][]>(
    (found, { low, high }) =>
      (low === high ? [low] : [low, high]).flatMap((end) => found.map((corner) => [...corner, point(end)])),
    [[]],
  );
  return corners.map((corner) => ({ face, intervals: corner }));
}

/** The point of the sphere among variables, as text; components that do not occur are left out. */
export const placeText = (at: Readonly<Record<string, number>>): string =>
  magnetization
    .filter((name) => name in at)
    .map((name) => `${name} = ${Number(at[name].toPrecision(3))}`)
    .join(", ");
