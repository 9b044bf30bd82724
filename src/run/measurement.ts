/** What was measured at one setting: mean dwell times (s) or the fraction left at mz > 0, each with its error. */
export const measurable = ["tau_up", "tau_down", "p_up"] as const;
export type Measurable = (typeof measurable)[number];

export interface Measurement {
  /** Paths of the experiment and the values they had. */
  readonly settings: Readonly<Record<string, number>>;
  readonly values: Readonly<Partial<Record<Measurable, { readonly value: number; readonly error: number }>>>;
  /** Of the errors of ln τ_up and ln τ_down, as a trace that gave both has it; default 0. */
  readonly correlation?: number;
}
