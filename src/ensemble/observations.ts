/**
 * The ensemble's data for one observable, in reduced units; each observable type adds its own fields. Plain data, which workers can send.
 */
export interface Observation {
  readonly type: string;
  readonly name: string;
}

export interface Record<Value> {
  readonly step: number;
  readonly value: Value;
}

export interface MeanEstimate {
  readonly mean: number;
  readonly standardError: number;
}

/** How a run ended. Partial observations are kept for every outcome. */
export type Outcome = "complete" | "stopped" | `unstable at ${string}` | "device lost";
