/**
 * A formula to show beside the ensemble and the exact solution. Parameters and values are dimensionless or in reduced units:
 * fields in B_K = 2K/Ms, rates in γ'B_K with γ' = γ/(1+α²), times in 1/(γ'B_K), energies in kT; Δ = Kv/kT. Then
 * D = α/(2Δ) and the time of free diffusion is τ_N = 1/(2D) = Δ/α.
 */
export interface ClosedForm<Parameters> {
  readonly name: string;
  /** What the value is, e.g. "smallest eigenvalue". */
  readonly quantity: string;
  /** "1", "γ'B_K", "1/(γ'B_K)", "B_K" or "kT". */
  readonly unit: string;
  readonly cite: string;
  /** One sentence: where it holds, and how well. */
  readonly validWhen: string;
  /** Whether the parameters lie in the range that `validWhen` states; outside it figures draw the curve in grey. */
  readonly inRange: (parameters: Parameters) => boolean;
  /** NaN where the formula has no meaning at all, for instance without a barrier. */
  readonly value: (parameters: Parameters) => number;
}

/** A row of the result's `theory`: the value is null, with a reason, where the formula has no meaning. */
export interface TheoryRow {
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  readonly value: number | null;
  readonly inRange: boolean;
  readonly validWhen: string;
  readonly cite: string;
  readonly reason?: string;
}

/** Evaluates one formula at one set of parameters. */
export function evaluateForm<Parameters>(form: ClosedForm<Parameters>, parameters: Parameters): TheoryRow {
  const { name, quantity, unit, validWhen, cite } = form;
  const value = form.value(parameters);
  const finite = Number.isFinite(value);
  return {
    name,
    quantity,
    unit,
    value: finite ? value : null,
    inRange: finite && form.inRange(parameters),
    validWhen,
    cite,
    ...(finite ? {} : { reason: "the formula has no meaning at these parameters" }),
  };
}
