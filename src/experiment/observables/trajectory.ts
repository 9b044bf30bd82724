import { numberSchema } from "../parameter-schema.ts";
import { observable } from "./observable.ts";

export const trajectory = observable({
  type: "trajectory",
  title: "the course of m for the first few spins",
  looksAt: "phases",
  shape: {
    spins: numberSchema({ minimum: 1, maximum: 1000 }, "", true)
      .default(4)
      .meta({ description: "number of spins" }),
    every: numberSchema({ above: 0 }, "s").meta({ description: "distance of records (s)" }),
  },
  label: () => "trajectory",
  times: ({ every }) => ({ every }),
  plan: ({ spins, every }, name, { everySteps }) => ({
    type: "trajectory",
    name,
    spins,
    everySteps: everySteps(every),
  }),
});
