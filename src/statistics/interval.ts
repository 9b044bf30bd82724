/** An estimate with its confidence interval, 95 % unless another confidence was asked for. */
export interface ConfidenceInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate with the standard deviation of its error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}
