/** Measured values at one setting: mean dwell times (s) or the fraction left at mz > 0, each with its error. */
export const measurable = ["tau_up", "tau_down", "p_up"] as const;
export type Measurable = (typeof measurable)[number];

export interface Measurement {
  /** Paths of the experiment with their values. */
  readonly settings: Readonly<Record<string, number>>;
  readonly values: Readonly<Partial<Record<Measurable, { readonly value: number; readonly error: number }>>>;
  /** Correlation of the errors of ln τ_up and ln τ_down, for two times from one trace; default 0. */
  readonly correlation?: number;
}
