import type { DwellTotals } from "./observers/dwell.ts";
import type { PassageCounts } from "./observers/first-passage.ts";
import type { Moments } from "./observers/moments.ts";

/** What an ensemble showed, observable by observable, in the order of the experiment; reduced units. */
export type Observation =
  | { readonly type: "moments"; readonly name: string; readonly records: readonly Record<Moments>[] }
  | {
      readonly type: "histogram";
      readonly name: string;
      readonly records: readonly Record<Float64Array>[];
      /** Counts of each group of spins, gathered by many looks. */
      readonly groups?: readonly Float64Array[];
    }
  | { readonly type: "firstPassage"; readonly name: string; readonly passage: PassageCounts | null }
  | {
      readonly type: "dwell";
      readonly name: string;
      readonly up: DwellTotals | null;
      readonly down: DwellTotals | null;
      readonly occupationUp: number | null;
      readonly occupationUpStandardError: number | null;
      /** Finished dwells by logarithm of their length, dwellBins from one step to the whole run. */
      readonly upCounts: Float64Array;
      readonly downCounts: Float64Array;
    }
  | { readonly type: "spectrum"; readonly name: string; readonly samples: readonly Float64Array[] }
  | {
      readonly type: "trajectory";
      readonly name: string;
      readonly steps: readonly number[];
      /** One entry per record: x, y, z of every spin in turn. */
      readonly points: readonly Float64Array[];
    }
  | {
      readonly type: "entropyProduction";
      readonly name: string;
      readonly records: readonly Record<Production>[];
    };

export interface Record<Value> {
  readonly step: number;
  readonly value: Value;
}

export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

/** Entropy given to the surroundings (k_B) and powers (kT), per reduced time. */
export interface Production {
  readonly total: Estimate;
  readonly heatToBath: Estimate;
  readonly workOfTransfer: Estimate;
  readonly workOfDrive: Estimate;
}

/** How a run ended. Partial observations are kept whatever the outcome. */
export type Outcome = "complete" | "stopped" | `unstable at ${string}` | "device lost";
