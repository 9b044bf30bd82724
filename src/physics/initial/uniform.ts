import { initialState } from "./initial-entry.ts";

export const uniform = initialState({
  type: "uniform",
  title: "evenly over the sphere",
  parameters: {},
  law: () => ({ isotropic: true }),
});
