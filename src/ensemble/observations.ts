/** What an ensemble showed of one observable, in reduced units; each observable adds what it found. Plain data, for workers to send. */
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

/** How a run ended. Partial observations are kept whatever the outcome. */
export type Outcome = "complete" | "stopped" | `unstable at ${string}` | "device lost";
