import type { Binning } from "../physics/binning.ts";
import type { Problem } from "./problem.ts";

/** The two hemispheres. */
export const equator: Binning = { kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] };

/** Bins whose exact probabilities are needed at a step: those recorded there, and the two hemispheres. */
export const comparedBinnings = ({ observables }: Pick<Problem, "observables">, step: number): Binning[] => [
  equator,
  ...observables.flatMap(({ binning, gather, steps }) =>
    binning && !gather && steps?.includes(step) ? [binning] : [],
  ),
];
