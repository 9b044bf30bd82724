import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import type { CellChain } from "./cell-chain.ts";
import { nextRow, stepFactor } from "./extrapolation.ts";

export interface ImplicitEvolution {
  readonly contents: Float64Array;
  /** Sum of the local errors, in probability. A chain never amplifies differences, so this bounds the error at the end. */
  readonly error: number;
  /** Length for the next step. */
  readonly step: number;
  /** Cells that were solved for. */
  readonly work: number;
}

/** Columns of the tableau, which are its order. */
const columns = 6;
const leastStep = 1e-9;
/** A total below this is negligible compared with the errors. */
const nothing = 1e-14;
/** A multiple of the number of steps in each column. */
const common = 60;

/**
 * Contents of cells under rates that may change in time, by implicit Euler steps extrapolated to order 6: the steps follow the density
 * and the drive, not the fastest hop. It is meant for probabilities that are not small: the error of each step is a share `tolerance` of
 * the whole, for any distribution over the cells. Rates must be smooth inside [from, to].
 */
export function evolveImplicitly(
  chainAt: (t: number) => CellChain,
  start: Float64Array,
  {
    from,
    to,
    longest,
    step: first,
    tolerance,
    mostCells,
  }: {
    readonly from: number;
    readonly to: number;
    readonly longest: number;
    readonly step: number;
    readonly tolerance: number;
    /** Work limit, at which the evolution ends early. */
    readonly mostCells: number;
  },
): ImplicitEvolution {
  const margin = 1e-12 * (to - from);
  const inside = (t: number): number => Math.min(Math.max(t, from + margin), to - margin);
  let [contents, t, step, total, work] = [start, from, first, 0, 0];
  while (t < to && work <= mostCells) {
    throwIfInterrupted();
    const now = Math.min(step, longest, to - t);
    const chains = new Map<number, CellChain>();
    const at = (share: number): CellChain => {
      const key = Math.round(share * common);
      const chain = chains.get(key) ?? chainAt(inside(t + share * now));
      chains.set(key, chain);
      return chain;
    };
    const { next, error } = extrapolated(at, contents, now);
    work += (contents.length * columns * (columns + 1)) / 2;
    const ratio = error / tolerance;
    const isTaken = ratio <= 1 || now <= leastStep * (to - from);
    if (isTaken) {
      t = to - t - now <= 1e-12 * (to - from) ? to : t + now;
      contents = next;
      total += error;
      if (contents.every((x) => x < nothing)) return { contents: contents.fill(0), error: total, step, work };
    }
    // a step that was shortened by a stop does not limit the next
    const factor = stepFactor(ratio, columns);
    step = isTaken && now < step ? Math.max(step, now * factor) : now * factor;
  }
  return { contents, error: total, step, work };
}

function extrapolated(
  at: (share: number) => CellChain,
  start: Float64Array,
  step: number,
): { next: Float64Array; error: number } {
  let row: Float64Array[] = [];
  for (let j = 1; j <= columns; j++) {
    let density = start;
    for (let i = 1; i <= j; i++) density = implicitStep(at(i / j), density, step / j);
    row = nextRow(density, row);
  }
  const [less, next] = row.slice(-2);
  return { next, error: next.reduce((sum, x, i) => sum + Math.abs(x - less[i]), 0) };
}

/** (1 − hA)⁻¹ p without a subtraction: pivots are 1 + h·up plus positive terms. */
function implicitStep({ up, down }: CellChain, p: Float64Array, h: number): Float64Array {
  const n = p.length;
  const pivots = new Float64Array(n);
  const x = new Float64Array(n);
  let lost = h * down[0];
  pivots[0] = 1 + h * up[0] + lost;
  x[0] = p[0];
  for (let i = 1; i < n; i++) {
    const before = pivots[i - 1];
    lost = (h * down[i] * (1 + lost)) / before;
    pivots[i] = 1 + h * up[i] + lost;
    x[i] = p[i] + (h * up[i - 1] * x[i - 1]) / before;
  }
  x[n - 1] /= pivots[n - 1];
  for (let i = n - 2; i >= 0; i--) x[i] = (x[i] + h * down[i + 1] * x[i + 1]) / pivots[i];
  return x;
}
