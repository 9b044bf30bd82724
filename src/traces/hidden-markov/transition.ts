import { denseExponential } from "../../linear-algebra/matrix-exponential.ts";
import type { FlowGrid } from "./flow-grid.ts";
import { between, movedOn, pointsAt } from "./flow-grid.ts";
import type { Telegraph } from "./telegraph.ts";
import { generatorOf } from "./telegraph.ts";

/** Transition probabilities to each point from others; those of point i are at starts[i] … starts[i + 1] − 1. */
export interface Transition {
  readonly starts: Int32Array;
  readonly from: Int32Array;
  readonly probability: Float64Array;
}

/** Transitions over one sample, for each phase of the grid. */
export function transitions(grid: FlowGrid, telegraph: Telegraph, sampleTime: number): Transition[] {
  const step = sampleTime / grid.stepsPerSample;
  const count = telegraph.levels.length;
  const jump = denseExponential(
    generatorOf(telegraph).map((rate) => rate * step),
    count,
  );
  const found: Transition[] = [];
  const moves = movedOn(grid);
  for (let phase = 0; phase < grid.phases; phase++) {
    const one = stepOnce(grid, telegraph, jump, phase, phase === grid.phases - 1 ? moves : null);
    let rows = one;
    for (let i = 1; i < grid.stepsPerSample; i++) rows = product(rows, one);
    found.push(packed(rows));
  }
  return found;
}

type Rows = Map<number, number>[];

const add = (row: Map<number, number>, to: number, p: number): void => {
  row.set(to, (row.get(to) ?? 0) + p);
};

/** Half a step of flow, a jump by the exact probabilities of the whole step, half a step of flow: of second order. */
function stepOnce(
  grid: FlowGrid,
  telegraph: Telegraph,
  jump: Float64Array,
  phase: number,
  moves: Int32Array | null,
): Rows {
  const count = telegraph.levels.length;
  const points = pointsAt(grid, telegraph, phase + 0.5);
  const after = (i: number): number => (moves ? moves[i] : i);
  const rows: Rows = [];
  for (let s = 0; s < count; s++)
    for (let i = grid.starts[s]; i < grid.starts[s + 1]; i++) {
      const row = new Map<number, number>();
      add(row, after(i), jump[s * count + s]);
      for (let t = 0; t < count; t++) {
        const p = jump[s * count + t];
        if (t === s || !(p > 0)) continue;
        const [a, b, weight] = between(grid, points, t, points[i]);
        add(row, after(a), p * (1 - weight));
        if (weight > 0) add(row, after(b), p * weight);
      }
      rows.push(row);
    }
  return rows;
}

function product(first: Rows, second: Rows): Rows {
  return first.map((row) => {
    const made = new Map<number, number>();
    for (const [middle, p] of row) for (const [to, q] of second[middle]) add(made, to, p * q);
    return made;
  });
}

/** Sorted by the destination. */
function packed(rows: Rows): Transition {
  const columns = rows.map(() => [] as [number, number][]);
  rows.forEach((row, i) => {
    for (const [to, p] of row) columns[to].push([i, p]);
  });
  const starts = new Int32Array(rows.length + 1);
  columns.forEach((column, i) => {
    starts[i + 1] = starts[i] + column.length;
  });
  return {
    starts,
    from: Int32Array.from(columns.flatMap((column) => column.map(([i]) => i))),
    probability: Float64Array.from(columns.flatMap((column) => column.map(([, p]) => p))),
  };
}
