import { z } from "zod";
import { observableSpec } from "../../experiment/observable-spec.ts";
import { numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization, mx, my, mz } from "../../expression/vector.ts";

export interface PlannedSpectrum extends PlannedObservable {
  readonly type: "spectrum";
  readonly of: Expression;
  readonly everySteps: number;
}

export const spec = observableSpec<PlannedSpectrum>()({
  type: "spectrum",
  title: "one-sided power spectral density of a quantity",
  observes: "phases",
  shape: {
    of: z
      .string()
      .max(4000)
      .default(magnetization[2])
      .meta({ description: `${mx}, ${my}, ${mz}, resistance or a formula of m` }),
    sampleEvery: numberSchema({ above: 0 }, "s").meta({ description: "sampling interval (s)" }),
  },
  label: ({ of }) => `spectrum of ${of}`,
  times: ({ sampleEvery }) => ({ every: sampleEvery }),
  interval: ({ sampleEvery }) => sampleEvery,
  plan: ({ of, sampleEvery }, name, { quantity, everySteps }) => ({
    type: "spectrum",
    name,
    of: quantity(of, "of"),
    everySteps: everySteps(sampleEvery),
  }),
});
