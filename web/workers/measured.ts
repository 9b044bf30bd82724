import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Result, ShownFigure } from "../../src/result.ts";

/** The figures of an ensemble for curves and maps. */
export interface Seen {
  readonly figures: readonly ShownFigure[];
  readonly spins: number;
}

/** A finished run with its experiment. */
export interface Measured extends Seen {
  readonly experiment: CompletedExperiment;
}

export const seenIn = ({ figures, experiment }: Result): Seen => ({ figures, spins: experiment.ensemble });
