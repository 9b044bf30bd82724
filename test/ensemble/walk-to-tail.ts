import { Splitting } from "../../src/ensemble/splitting/splitting.ts";
import { seedStream, uniform } from "../../src/random/streams.ts";
import { summaryOfIslands } from "../../src/statistics/islands.ts";

/* A walk of ±1 whose tail is a binomial sum: the exact probability, for any potential. */

export const walkSteps = 24;
const goal = 18;

/** P(S ≥ goal) after `walkSteps` steps of ±1. */
export function exactTail(): number {
  let [sum, choose] = [0, 1];
  for (let down = 0; down <= walkSteps; down++) {
    if (walkSteps - 2 * down >= goal) sum += choose;
    choose = (choose * (walkSteps - down)) / (down + 1);
  }
  return sum / 2 ** walkSteps;
}

/** Walks with splitting by exp(potential(s, steps left)). */
export function walkToTail(
  seed: number,
  spins: number,
  islands: number,
  potential: (s: number, left: number) => number,
) {
  const stream = new Uint32Array(4);
  seedStream(stream, seed, 0, 0, 77);
  const splitting = new Splitting(spins, islands, seed);
  let s = new Float64Array(spins);
  for (let k = 1; k <= walkSteps; k++) {
    s = s.map((x) => x + (uniform(stream) < 0.5 ? 1 : -1));
    if (k === walkSteps) break;
    const indices = splitting.stage((logs) => logs.set(s.map((x) => potential(x, walkSteps - k))));
    if (indices) s = s.map((_, i) => s[indices[i]]);
  }
  const found = splitting.expectation(s.map((x) => (x >= goal ? 1 : 0)));
  return { found, splitting, summary: summaryOfIslands(found.map(({ log }) => log)) };
}

/** Exponential tilting towards the goal: near the best there is. */
export const towards = (s: number): number => 0.97 * s;
