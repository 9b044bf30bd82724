import type { Problem } from "../experiment/problem.ts";

/** Whether the equation of motion gives all spins the same direction and parameters at a step: one start, and no noise since. */
export const equalSpins = (
  { initial, variates, spreads }: Pick<Problem, "initial" | "variates" | "spreads">,
  step: number,
): boolean => "direction" in initial && spreads.length === 0 && (step === 0 || variates === "none");
