import { timesSchema } from "../times.ts";
import { observable } from "./observable.ts";

export const moments = observable({
  type: "moments",
  title: "means of m, of its products and of the energy",
  looksAt: "averages",
  shape: { times: timesSchema.default(50) },
  label: () => "moments",
  times: ({ times }) => times,
  plan: ({ times }, name, { steps }) => ({ type: "moments", name, steps: steps(times) }),
});
