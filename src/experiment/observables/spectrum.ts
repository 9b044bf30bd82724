import { z } from "zod";
import { numberSchema } from "../parameter-schema.ts";
import { observable } from "./observable.ts";

export const spectrum = observable({
  type: "spectrum",
  title: "one-sided power spectral density of a quantity",
  looksAt: "phases",
  shape: {
    of: z.string().max(4000).default("mz").meta({ description: "mx, my, mz, resistance or a formula of m" }),
    sampleEvery: numberSchema({ above: 0 }, "s").meta({ description: "distance of samples (s)" }),
  },
  label: ({ of }) => `spectrum of ${of}`,
  times: ({ sampleEvery }) => ({ every: sampleEvery }),
  plan: ({ of, sampleEvery }, name, { quantity, everySteps }) => ({
    type: "spectrum",
    name,
    of: quantity(of, "of"),
    everySteps: everySteps(sampleEvery),
  }),
});
