import type { Expression } from "../expression/expression.ts";
import { and, select, variable } from "../expression/expression.ts";
import { absorbScales } from "../expression/webassembly/absorb-scales.ts";
import { unitVariates } from "../physics/model.ts";
import type { Kernel, Tally, TallyResult } from "./kernel.ts";

/** Values of a sum are counted in units of (high − low)·2^−24. */
export const gridSize = 0x1000000;

/** The result of a sum, from its total in grid units and the number of its values. */
export const sumResult = (
  { low, high }: Tally & { readonly kind: "sum" },
  onGrid: number,
  count: number,
): TallyResult => ({ kind: "sum", total: count * low + (onGrid * (high - low)) / gridSize, count, onGrid });

/** The results of tallies, from their counters: bins, or a total in grid units and the number of its values. */
export const resultsOf = (tallies: readonly Tally[], counters: readonly Float64Array[]): TallyResult[] =>
  tallies.map((tally, i): TallyResult => {
    if (tally.kind === "bins") return { kind: "bins", counts: counters[i].slice() };
    const [onGrid, count] = counters[i];
    return sumResult(tally, onGrid, count);
  });

/** Counters of several parts of an ensemble, added up: below 2⁵³ the order of whole numbers does not matter. */
export const addedUp = (parts: readonly (readonly Float64Array[])[]): Float64Array[] =>
  parts[0].map((counter, i) => counter.map((_, k) => parts.reduce((sum, part) => sum + part[i][k], 0)));

/** The expressions of a tally: its condition if it has one, then its bin or value. */
export const tallyExpressions = (tally: Tally): Expression[] => [
  ...(tally.when ? [tally.when] : []),
  tally.kind === "bins" ? tally.index : tally.value,
];

/** The expressions of numbered tallies, one after the other. */
export const numberedExpressions = (list: readonly Numbered[]): Expression[] =>
  list.flatMap(([tally]) => tallyExpressions(tally));

/** Expressions of a step with fewer multiplications: the state and the variates differ from spin to spin. */
export function withScalesAbsorbed({ state }: Kernel, expressions: readonly Expression[]): Expression[] {
  const isVariate = (name: string): boolean => unitVariates.includes(name);
  return absorbScales(expressions, (name) => state.includes(name) || isVariate(name), isVariate);
}

/** Names that a kernel's variables have in printed text: with a prefix, so that they differ from all names of the generated code. */
export function localNames(kernel: Kernel): (name: string) => string {
  const names = new Map([
    ...kernel.state.map((name) => [name, `s_${name}`] as const),
    ...kernel.parameters.map((name) => [name, `p_${name}`] as const),
  ]);
  return (name) => names.get(name) ?? name;
}

/** All tallies that count while the steps run, in the order of `collect`. */
export const gathered = ({ watch, events = [] }: Kernel): Tally[] => [
  ...watch,
  ...events.flatMap((event) => event.count),
];

/** A tally with its place in `gathered`. */
export type Numbered = readonly [Tally, number];

/** Sampled tallies that are due at the same steps. */
export const byPeriod = <T extends Numbered>(sampled: readonly T[]): { every: number; due: T[] }[] =>
  [...new Set(sampled.map(([{ every = 1 }]) => every))].map((every) => ({
    every,
    due: sampled.filter(([tally]) => tally.every === every),
  }));

/** The kernel with its events as steps and conditions of every step, for backends that cannot skip them. */
export function withoutEvents(kernel: Kernel): Kernel {
  const { events = [], ...rest } = kernel;
  if (events.length === 0) return kernel;
  const sets = Object.assign(
    {},
    ...events.map(({ when, set }) =>
      Object.fromEntries(
        Object.entries(set).map(([name, value]) => [name, select(when, value, variable(name))]),
      ),
    ),
  ) as Record<string, Expression>;
  return {
    ...rest,
    step: kernel.step.map((next, i) => sets[kernel.state[i]] ?? next),
    watch: gathered({
      ...kernel,
      events: events.map((event) => ({
        ...event,
        count: event.count.map((tally) => ({
          ...tally,
          when: tally.when ? and(event.when, tally.when) : event.when,
        })),
      })),
    }),
  };
}
