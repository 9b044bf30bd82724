import { expect, it } from "vitest";
import type { Room } from "../../src/linear-algebra/room.ts";
import { borrowRoom, giveBack, inRoom } from "../../src/linear-algebra/room.ts";
import type { SparseMatrix } from "../../src/linear-algebra/sparse.ts";
import { multiply } from "../../src/linear-algebra/sparse.ts";
import { factorPlanned, planFor } from "../../src/linear-algebra/sparse-solver.ts";

/** A five-point operator on a square grid, with a diagonal of its own. */
function grid(side: number, diagonal: number): SparseMatrix {
  const [starts, indices, values] = [[0], [] as number[], [] as number[]];
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const beside = [y > 0 && i - side, x > 0 && i - 1, i, x < side - 1 && i + 1, y < side - 1 && i + side];
    for (const j of beside)
      if (j !== false) {
        indices.push(j);
        values.push(j === i ? diagonal : -1 - 0.1 * Math.sin(i));
      }
    starts.push(indices.length);
  }
  return {
    rows: side * side,
    columns: side * side,
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}

const coordinatesOf = (side: number): Int32Array[] => [
  Int32Array.from({ length: side * side }, (_, i) => i % side),
  Int32Array.from({ length: side * side }, (_, i) => Math.floor(i / side)),
];

function residual(matrix: SparseMatrix, solve: (b: Float64Array) => void): number {
  const b = Float64Array.from({ length: matrix.rows }, (_, i) => Math.cos(i));
  const x = b.slice();
  solve(x);
  return multiply(matrix, x, new Float64Array(b.length)).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b[i])),
    0,
  );
}

/** A room that nobody has used: others in this process may have left theirs. */
function emptyRoom(): Room {
  for (;;) {
    const room = borrowRoom();
    if (room.held() === 0) return room;
  }
}

it("holds one factorization after the other without growing beyond the largest", () => {
  const room = emptyRoom();
  const held: number[] = [];
  for (const [side, diagonal] of [
    [20, 5],
    [40, 4.5],
    [40, 6],
    [15, 5],
  ]) {
    const matrix = grid(side, diagonal);
    const plan = planFor(matrix, coordinatesOf(side));
    const { solve } = factorPlanned(matrix, plan, room);
    expect(residual(matrix, solve)).toBeLessThan(1e-12);
    expect(room.held()).toBeGreaterThanOrEqual(plan.stored);
    held.push(room.held());
  }
  expect(held[1]).toBeGreaterThan(held[0]);
  expect(held.slice(2)).toEqual([held[1], held[1]]);
  giveBack(room);
});

it("is lent again when it was given back, whatever its work threw, and never twice at a time", () => {
  const first = inRoom((room) => room);
  expect(() =>
    inRoom((room) => {
      expect(room).toBe(first);
      expect(borrowRoom()).not.toBe(room);
      throw new Error("the work's own");
    }),
  ).toThrow("the work's own");
  expect(borrowRoom()).toBe(first);
});

it("does not keep more memory than 128 MB in a room", () => {
  const room = borrowRoom();
  room.take(2 ** 24 + 1);
  giveBack(room);
  expect(borrowRoom()).not.toBe(room);
});
