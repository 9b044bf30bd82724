import type { Problem } from "../experiment/problem.ts";

/** Whether all spins have the same direction and parameters at a step by the equation: one start, and no noise since. */
export const equalSpins = (
  { initial, variates, spreads }: Pick<Problem, "initial" | "variates" | "spreads">,
  step: number,
): boolean => "direction" in initial && spreads.length === 0 && (step === 0 || variates === "none");
