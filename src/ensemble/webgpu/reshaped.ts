import { drawnScales } from "../../expression/drawn-scale.ts";
import type { Expression } from "../../expression/expression.ts";
import { unitVariates } from "../../physics/model.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { bySteps, type Numbered, numberedExpressions, withScalesAbsorbed } from "../tally.ts";
import { mostColumns, tabulate } from "./time-table.ts";

/**
 * Step, conditions, new values of events and samples, reshaped together to save multiplications: a sample shares values with the step.
 * Other tallies are not reshaped, so that their bin edges round as written.
 */
export function reshaped(kernel: Kernel) {
  const { steadily, sampled } = bySteps(kernel);
  const { events = [] } = kernel;
  const conditions = steadily.flatMap(([{ when }]) => (when ? [when] : []));
  const always = [...kernel.step, ...conditions, ...events.map(({ when }) => when)];
  const seldom = [
    ...numberedExpressions(sampled),
    ...events.flatMap(({ set, count }) => [
      ...Object.values(set),
      ...count.flatMap((tally) => (tally.when ? [tally.when] : [])),
    ]),
  ];
  const { scales, outputs } = drawnScales(withScalesAbsorbed(kernel, [...always, ...seldom]), unitVariates);
  const parts = [outputs.slice(0, always.length), outputs.slice(always.length)] as const;
  const plain = { columns: [], always: parts[0], seldom: parts[1] };
  const tabulated = tabulate(...parts);
  const table = tabulated.columns.length > mostColumns ? plain : tabulated;
  const next = [...table.always, ...table.seldom].values();
  const take = (): Expression => next.next().value as Expression;
  const withCondition = (tally: Tally): Tally => (tally.when ? { ...tally, when: take() } : tally);
  const step = kernel.step.map(take);
  const steady = steadily.map(([tally, i]): Numbered => [withCondition(tally), i]);
  const conditionsOfEvents = events.map(take);
  return {
    scales,
    /** The columns of the table of times (time-table.ts). */
    columns: table.columns,
    step,
    steadily: steady,
    sampled: sampled.map(([tally, i]): Numbered => {
      const whole = withCondition(tally);
      return [whole.kind === "bins" ? { ...whole, index: take() } : { ...whole, value: take() }, i];
    }),
    events: events.map((event, k) => ({
      ...event,
      when: conditionsOfEvents[k],
      set: Object.fromEntries(Object.keys(event.set).map((name) => [name, take()])),
      count: event.count.map(withCondition),
    })),
  };
}
