import { domainOf } from "./bounds.ts";
import { compileVector } from "./compile.ts";
import type { Cell } from "./domain.ts";
import { centre, halves, middle, variablesOn, wholeDomain } from "./domain.ts";
import type { Expression, Operator } from "./expression.ts";
import { variablesOf, visit } from "./expression.ts";
import type { Interval } from "./interval.ts";
import { isBounded, point, width } from "./interval.ts";
import { intervalProgram } from "./interval-program.ts";
import { magnetization } from "./vector.ts";

/** Operators whose value need not be finite where their operands are. */
const risky: ReadonlySet<Operator> = new Set(["div", "sqrt", "asin", "acos", "atan2", "exp", "log", "log1p"]);

/** Sides of a cell, relative to the domain's, that are not halved further. */
const narrowest = 2 ** -46;
/** Values this many times larger than those met on the way count as growing without a bound. */
const growth = 1e5;
const mostWork = 4000;
/** Narrow cells without a bound, yet with ordinary values: singularities that cancel. So many are tried. */
const mostHarmless = 32;

/** Whether the form alone shows that the expressions are finite wherever their variables are: sums and products of bounded functions. */
function isFiniteByForm(outputs: readonly Expression[]): boolean {
  let isShown = true;
  visit(outputs, (node) => {
    if (node.kind === "constant") isShown &&= Number.isFinite(node.value);
    else if (node.kind === "apply" && risky.has(node.operator)) isShown &&= variablesOf(node).size === 0;
  });
  return isShown;
}

/**
 * Where expressions fail to be finite on a domain: the variables at a place where one of them is no number or grows without a
 * bound, or undefined. Cells on which intervals prove them bounded are done with; the others are halved until a pole
 * is met, so that nothing narrow is missed. What intervals cannot decide within the work counts as finite.
 */
export function infinityOf(
  outputs: readonly Expression[],
  box: Readonly<Record<string, Interval>>,
): Readonly<Record<string, number>> | undefined {
  if (isFiniteByForm(outputs)) return undefined;
  const domain = domainOf(outputs, box);
  const names = [...domain.components, ...Object.keys(domain.box)];
  const program = intervalProgram(outputs);
  const evaluate = compileVector(outputs, names);
  const values = new Float64Array(outputs.length);
  const whole = wholeDomain(domain);
  const sizes = whole[0].sides.map(width);
  const isFiniteAt = (cell: Cell): boolean => {
    const at = variablesOn(domain, cell);
    evaluate(values, 0, ...names.map((name) => middle(at[name])));
    return values.every(Number.isFinite);
  };
  const placeOf = (cell: Cell): Record<string, number> => {
    const at = variablesOn(domain, cell);
    return Object.fromEntries(names.map((name) => [name, middle(at[name])]));
  };
  // formulas break first where variables end
  const broken = whole.flatMap(cornersOf).find((corner) => !isFiniteAt(corner));
  if (broken) return placeOf(broken);
  let largest = 0;
  let harmless = 0;
  // coarse cells first, then one path after the other down to its pole
  const waiting: Cell[] = whole;
  for (let work = 0; waiting.length > 0 && work < mostWork && harmless < mostHarmless; work++) {
    const cell = waiting.pop()!;
    const isProved = program.evaluate(variablesOn(domain, cell)).every(isBounded);
    if (!isFiniteAt(centre(cell))) return placeOf(centre(cell));
    const size = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    if (isProved) {
      largest = Math.max(largest, size);
      continue;
    }
    const shares = cell.sides.map((side, i) => (sizes[i] > 0 ? width(side) / sizes[i] : 0));
    const widest = shares.indexOf(Math.max(...shares));
    if (widest >= 0 && shares[widest] > narrowest) waiting.push(...halves(cell, widest));
    else if (size > growth * Math.max(largest, Number.MIN_VALUE)) return placeOf(centre(cell));
    else harmless++;
  }
  return undefined;
}

/** More sides than that have too many corners. */
const mostSides = 6;

function cornersOf({ face, sides }: Cell): Cell[] {
  if (sides.length > mostSides) return [];
  const corners = sides.reduce<Interval[][]>(
    (found, { low, high }) =>
      (low === high ? [low] : [low, high]).flatMap((end) => found.map((corner) => [...corner, point(end)])),
    [[]],
  );
  return corners.map((corner) => ({ face, sides: corner }));
}

/** The point of the sphere among variables, as text; components that do not occur are left out. */
export const placeText = (at: Readonly<Record<string, number>>): string =>
  magnetization
    .filter((name) => name in at)
    .map((name) => `${name} = ${Number(at[name].toPrecision(3))}`)
    .join(", ");
