import type { Binning } from "../physics/binning.ts";
import type { Problem } from "./problem.ts";

/** The sphere cut at its equator. */
export const equator: Binning = { kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] };

/** Bins whose probabilities are asked for at a step: those recorded then, and both sides of the equator. */
export const comparedBinnings = ({ observables }: Pick<Problem, "observables">, step: number): Binning[] => [
  equator,
  ...observables.flatMap(({ binning, gather, steps }) =>
    binning && !gather && steps?.includes(step) ? [binning] : [],
  ),
];
