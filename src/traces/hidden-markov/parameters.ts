import type { Telegraph } from "./telegraph.ts";

/** What of a telegraph signal is free: logarithms of rates, levels, ln noise, and ln pole where that is free. */
export interface Free {
  readonly count: number;
  readonly freePole: boolean;
}

export function toVector(telegraph: Telegraph, { freePole }: Free): number[] {
  const { levels, rates, noise, pole } = telegraph;
  return [
    ...rates.flatMap((row, from) => row.flatMap((rate, to) => (from === to ? [] : [Math.log(rate)]))),
    ...levels,
    Math.log(noise),
    ...(freePole ? [Math.log(pole as number)] : []),
  ];
}

export function fromVector(
  vector: readonly number[],
  { count, freePole }: Free,
  pole: number | null,
): Telegraph {
  const rateCount = count * (count - 1);
  let at = 0;
  const rates = Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) => (from === to ? 0 : Math.exp(vector[at++]))),
  );
  return {
    rates,
    levels: vector.slice(rateCount, rateCount + count),
    noise: Math.exp(vector[rateCount + count]),
    pole: freePole ? Math.exp(vector[rateCount + count + 1]) : pole,
  };
}

/** Names in the order of the vector. */
export const parameterNames = ({ count, freePole }: Free): string[] => [
  ...Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) => (from === to ? [] : [`ln rate ${from} to ${to}`])).flat(),
  ).flat(),
  ...Array.from({ length: count }, (_, s) => `level ${s}`),
  "ln noise",
  ...(freePole ? ["ln pole"] : []),
];

/** Small change of each parameter for its derivative, in the natural size of each. */
export function natural(telegraph: Telegraph, free: Free): number[] {
  const size = toVector(telegraph, free).map(() => 1);
  const first = free.count * (free.count - 1);
  for (let s = 0; s < free.count; s++) size[first + s] = telegraph.noise;
  return size;
}

/** No likelihood can be had there: levels out of order, or numbers that are none. */
export const isPossible = ({ levels, rates, noise, pole }: Telegraph): boolean =>
  levels.every((level, i) => i === 0 || level > levels[i - 1]) &&
  noise > 0 &&
  Number.isFinite(noise) &&
  (pole === null || (pole > 0 && Number.isFinite(pole))) &&
  rates.every((row, from) => row.every((rate, to) => from === to || (rate > 0 && Number.isFinite(rate))));
