import type { Expression } from "../expression/expression.ts";
import type { Kernel, KernelEvent, Tally } from "./kernel.ts";
import type { Numbered } from "./tally.ts";
import { numberedExpressions } from "./tally.ts";

/** An event with the places of its tallies in `gathered`. */
export interface LoweredEvent extends Omit<KernelEvent, "count"> {
  readonly count: readonly Numbered[];
}

/** What a step computes: the next state, the tallies of every step, those of some steps, and events. */
export interface Lowered {
  readonly step: readonly Expression[];
  readonly steadily: readonly Numbered[];
  readonly sampled: readonly Numbered[];
  readonly events: readonly LoweredEvent[];
}

/** Expressions in another form, in the same order: those of every step, and those of samples and events. */
export type Reshape = (always: readonly Expression[], seldom: readonly Expression[]) => readonly Expression[];

/** Tallies that count at every step, and those that count only at some, with their places in `gathered`. */
function bySteps({ watch }: Kernel): { steadily: Numbered[]; sampled: Numbered[] } {
  const numbered = watch.map((tally, i): Numbered => [tally, i]);
  const isSampled = ([{ every = 1 }]: Numbered): boolean => every > 1;
  return { steadily: numbered.filter((x) => !isSampled(x)), sampled: numbered.filter(isSampled) };
}

/** The tallies of each event, with their places in `gathered`. */
function byEvents({ watch, events = [] }: Kernel): Numbered[][] {
  let place = watch.length;
  return events.map(({ count }) => count.map((tally): Numbered => [tally, place++]));
}

/**
 * The parts of a kernel that a backend prints. Step, conditions, new values of events and samples are reshaped together, because a sample
 * shares values with the step. Bins and values of other tallies are not reshaped, so that their edges round as written.
 */
export function lowered(
  kernel: Kernel,
  reshape: Reshape = (always, seldom) => [...always, ...seldom],
): Lowered {
  const { steadily, sampled } = bySteps(kernel);
  const { events = [] } = kernel;
  const conditions = (tallies: readonly Tally[]): Expression[] =>
    tallies.flatMap(({ when }) => (when ? [when] : []));
  const reshaped = reshape(
    [...kernel.step, ...conditions(steadily.map(([tally]) => tally)), ...events.map(({ when }) => when)],
    [
      ...numberedExpressions(sampled),
      ...events.flatMap(({ set, count }) => [...Object.values(set), ...conditions(count)]),
    ],
  ).values();
  const take = (): Expression => reshaped.next().value as Expression;
  const withCondition = (tally: Tally): Tally => (tally.when ? { ...tally, when: take() } : tally);
  const step = kernel.step.map(take);
  const steady = steadily.map(([tally, i]): Numbered => [withCondition(tally), i]);
  const whens = events.map(take);
  const places = byEvents(kernel);
  return {
    step,
    steadily: steady,
    sampled: sampled.map(([tally, i]): Numbered => {
      const whole = withCondition(tally);
      return [whole.kind === "bins" ? { ...whole, index: take() } : { ...whole, value: take() }, i];
    }),
    events: events.map(({ set }, k) => ({
      when: whens[k],
      set: Object.fromEntries(Object.keys(set).map((name) => [name, take()])),
      count: places[k].map(([tally, i]): Numbered => [withCondition(tally), i]),
    })),
  };
}

/** The new values of an event, then the expressions of its tallies. */
export const eventExpressions = ({ set, count }: Omit<LoweredEvent, "when">): Expression[] => [
  ...Object.values(set),
  ...numberedExpressions(count),
];
