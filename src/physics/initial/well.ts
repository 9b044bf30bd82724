import { initialState } from "./initial-entry.ts";

export const well = initialState({
  type: "well",
  title: "thermal equilibrium within one well: the steepest-descent basin that contains m",
  parameters: { m: { kind: "direction", unit: "", meaning: "a direction in the well" } },
  example: { m: [0, 0, 1] },
  needsTemperature: true,
  isOneSided: true,
  law: ({ m }, energyOverKT) => ({ energyOverKT, wellOf: m }),
});
