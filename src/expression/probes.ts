import { domainOf } from "./bounds.ts";
import { gradient } from "./differentiate.ts";
import type { Cell } from "./domain.ts";
import { centre, halves, middle, variablesOn, wholeDomain } from "./domain.ts";
import type { Expression } from "./expression.ts";
import { variablesOf } from "./expression.ts";
import { newHeap } from "./heap.ts";
import { width } from "./interval.ts";
import { intervalProgram } from "./interval-program.ts";
import { magnetization } from "./vector.ts";

/** A point of the sphere at which a function should be tested, and how far it may deviate from a plane on the cell around it. */
export interface Probe {
  readonly m: readonly [number, number, number];
  readonly bend: number;
}

interface Patch {
  readonly cell: Cell;
  readonly bend: number;
  readonly size: number;
  readonly bound: number;
}

const poleBend = 1e3;

/**
 * Points of the sphere that sample every feature of a function of m. Patches are halved, those with the largest possible curvature first,
 * until the function is a plane on each to within `tolerance` or `work` patches are used. Intervals of the gradient give the bound, so no
 * ridge between two samples is missed. Narrowest patches come first in the result.
 */
export function probes(of: Expression, tolerance: number, work = 4000): Probe[] {
  const used = variablesOf(of);
  // one point of a ridge along a circle is enough
  const domain = domainOf([of], {});
  const own = magnetization.filter((name) => used.has(name));
  const program = intervalProgram(gradient(of, own));
  const patches: Patch[] = [];
  const heap = newHeap<Patch>();
  const visit = (cell: Cell): void => {
    const at = variablesOn(domain, cell);
    const slopes = program.evaluate(at);
    const bend = own.reduce((sum, name, i) => sum + width(slopes[i]) * width(at[name]), 0) / 2;
    const size = Math.max(...cell.intervals.map(width));
    // a patch without a bound, as at a pole, must not keep the others from being halved
    const patch = { cell, bend, size, bound: bend < Number.POSITIVE_INFINITY ? bend : poleBend * size };
    patches.push(patch);
    if (!(bend <= tolerance)) heap.push(patch);
  };
  wholeDomain(domain).forEach(visit);
  for (let top = heap.top(); top && patches.length < work; top = heap.top()) {
    heap.pop();
    const sizes = top.cell.intervals.map(width);
    halves(top.cell, sizes.indexOf(top.size)).forEach(visit);
  }
  patches.sort((a, b) => a.size - b.size);
  return patches.map(({ cell, bend }) => {
    const at = variablesOn(domain, centre(cell));
    const [x, y, z] = magnetization.map((name) => (at[name] ? middle(at[name]) : Number.NaN));
    return { m: completed(x, y, z), bend };
  });
}

/** A point of the sphere with the known components; of the other components only the length matters. */
function completed(x: number, y: number, z: number): [number, number, number] {
  const known = [x, y, z];
  const open = known.flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
  const rest = Math.sqrt(Math.max(0, 1 - known.reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : v * v), 0)));
  open.forEach((i, k) => {
    known[i] = k === 0 ? rest : 0;
  });
  return [known[0], known[1], known[2]];
}
