import { z } from "zod";
import type { Planning } from "../../experiment/observable-spec.ts";
import { observableSpec } from "../../experiment/observable-spec.ts";
import { closedObject, numberSchema } from "../../experiment/parameter-schema.ts";
import type { PlannedObservable } from "../../experiment/problem.ts";
import { mz } from "../../expression/vector.ts";
import type { Scope } from "./scope.ts";

export interface PlannedTrajectory extends PlannedObservable {
  readonly type: "trajectory";
  readonly spins: number;
  readonly everySteps: number;
  readonly scope: Scope | null;
}

const anyNumber = numberSchema({}, "");

const instrumentSchema = closedObject({
  of: z
    .string({ error: "must be a function of m, as text" })
    .default("resistance")
    .meta({
      description: `what is measured: \`resistance\` (needs a readout), or a function of m such as ${mz}`,
    }),
  bandwidth: numberSchema({ above: 0 }, "Hz")
    .optional()
    .meta({ description: "of a low-pass filter with one pole (Hz); without it there is no filter" }),
  noise: numberSchema({ minimum: 0 }, "")
    .default(0)
    .meta({ description: "standard deviation of the white noise of a sample, in the unit of `of`" }),
  bits: numberSchema({ minimum: 1, maximum: 24 }, "", true)
    .optional()
    .meta({ description: "samples are rounded to 2^bits levels over `range`" }),
  range: z
    .tuple([anyNumber, anyNumber], { error: "must be two numbers" })
    .optional()
    .meta({ description: "lowest and highest value of the converter, in the unit of `of`" }),
});

function scopeOf(written: z.output<typeof instrumentSchema>, planning: Planning): Scope {
  const { of, bandwidth = null, noise, bits, range } = written;
  if ((bits === undefined) !== (range === undefined))
    planning.complain(
      bits === undefined ? "instrument.bits" : "instrument.range",
      `is needed beside ${bits === undefined ? "range" : "bits"}`,
    );
  if (range && range[0] >= range[1]) planning.complain("instrument.range", "must be ascending", range);
  return {
    of: planning.quantity(of, "instrument.of"),
    quantity: of,
    bandwidth,
    noise,
    converter: bits !== undefined && range ? { bits, range } : null,
  };
}

export const spec = observableSpec<PlannedTrajectory>()({
  type: "trajectory",
  title: "m against time for the first few spins",
  observes: "phases",
  shape: {
    spins: numberSchema({ minimum: 1, maximum: 1000 }, "", true)
      .default(4)
      .meta({ description: "number of spins" }),
    every: numberSchema({ above: 0 }, "s").meta({ description: "time between records (s)" }),
    instrument: instrumentSchema.optional().meta({
      description: "also gives the samples of an oscilloscope: filter, noise and converter",
    }),
  },
  label: () => "trajectory",
  times: ({ every }) => ({ every }),
  plan: ({ spins, every, instrument }, name, planning) => ({
    type: "trajectory",
    name,
    spins,
    everySteps: planning.everySteps(every),
    scope: instrument ? scopeOf(instrument, planning) : null,
  }),
});
