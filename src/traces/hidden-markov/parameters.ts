import type { Telegraph } from "./telegraph.ts";
import { noiseAt } from "./telegraph.ts";

/** Free parameters of a telegraph signal: logarithms of rates, levels, ln noise, and, if free, ln tails and ln pole. */
export interface Free {
  readonly count: number;
  readonly freePole: boolean;
  /** Each level has a noise of its own. */
  readonly ownNoises?: boolean;
  readonly freeTails?: boolean;
}

export function toVector(telegraph: Telegraph, { freePole, ownNoises, freeTails }: Free): number[] {
  const { levels, rates, noise, tails, pole } = telegraph;
  return [
    ...rates.flatMap((row, from) => row.flatMap((rate, to) => (from === to ? [] : [Math.log(rate)]))),
    ...levels,
    ...(ownNoises ? levels.map((_, s) => Math.log(noiseAt(telegraph, s))) : [Math.log(noise)]),
    ...(freeTails ? [Math.log(tails as number)] : []),
    ...(freePole ? [Math.log(pole as number)] : []),
  ];
}

export function fromVector(
  vector: readonly number[],
  { count, freePole, ownNoises, freeTails }: Free,
  pole: number | null,
): Telegraph {
  let at = 0;
  const next = (): number => Math.exp(vector[at++]);
  const rates = Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) => (from === to ? 0 : next())),
  );
  const levels = vector.slice(at, at + count);
  at += count;
  const noises = Array.from({ length: ownNoises ? count : 1 }, next);
  return {
    rates,
    levels,
    noise: Math.min(...noises),
    ...(ownNoises ? { noises } : {}),
    ...(freeTails ? { tails: next() } : {}),
    pole: freePole ? next() : pole,
  };
}

/** Logarithms of rates come first. */
export const rateCount = ({ count }: Free): number => count * (count - 1);

/** Names in the order of the vector. */
export const parameterNames = ({ count, freePole, ownNoises, freeTails }: Free): string[] => [
  ...Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) => (from === to ? [] : [`ln rate ${from} to ${to}`])).flat(),
  ).flat(),
  ...Array.from({ length: count }, (_, s) => `level ${s}`),
  ...(ownNoises ? Array.from({ length: count }, (_, s) => `ln noise at level ${s}`) : ["ln noise"]),
  ...(freeTails ? ["ln degrees of freedom of the noise"] : []),
  ...(freePole ? ["ln pole"] : []),
];

/** Step of each parameter for its derivative, proportional to its typical size. */
export function natural(telegraph: Telegraph, free: Free): number[] {
  const size = toVector(telegraph, free).map(() => 1);
  const first = rateCount(free);
  for (let s = 0; s < free.count; s++) size[first + s] = noiseAt(telegraph, s);
  return size;
}

/** Degrees of freedom above which noise counts as normal, and below which it has no meaningful scale. */
const [leastTails, mostTails] = [0.5, 1e3];

/** Without a likelihood: levels out of order, or numbers that are not finite. */
export const isPossible = ({ levels, rates, noise, noises, tails, pole }: Telegraph): boolean =>
  levels.every((level, i) => i === 0 || level > levels[i - 1]) &&
  noise > 0 &&
  [noise, ...(noises ?? [])].every(Number.isFinite) &&
  (tails === undefined || (tails > leastTails && tails < mostTails)) &&
  (pole === null || (pole > 0 && Number.isFinite(pole))) &&
  rates.every((row, from) => row.every((rate, to) => from === to || (rate > 0 && Number.isFinite(rate))));
