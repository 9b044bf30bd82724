import { initialState } from "./initial-entry.ts";

export const boltzmann = initialState({
  type: "boltzmann",
  title: "thermal equilibrium of the energy at t = 0, torques off",
  parameters: {},
  needsTemperature: true,
  law: (_, energyOverKT) => ({ energyOverKT, isEquilibrium: true }),
});
