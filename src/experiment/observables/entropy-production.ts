import { timesSchema } from "../times.ts";
import { observable } from "./observable.ts";

export const entropyProduction = observable({
  type: "entropyProduction",
  title: "entropy production, heat to the bath and work",
  looksAt: "averages",
  shape: { times: timesSchema.default(10) },
  label: () => "entropy production",
  times: ({ times }) => times,
  needsNoise: true,
  plan: ({ times }, name, { steps }) => ({ type: "entropyProduction", name, steps: steps(times) }),
});
