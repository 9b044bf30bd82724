/** Size below which a term of a series is negligible. */
const negligible = 1e-17;

export interface BesselOptions {
  readonly modified?: boolean;
  /** The series multiplies function k by a term of size `scale`·`growth`^k. Default 1. */
  readonly growth?: number;
  readonly scale?: number;
}

/**
 * Bessel functions of the first kind at x ≥ 0: J_k(x), or with `modified` e^(−x) I_k(x), for k from 0 until they are
 * below 1e-17 and stay there. Downward recurrence from beyond that order (Miller), normalized by J₀ + 2ΣJ₂ₖ = 1 and I₀ + 2ΣI_k = e^x.
 */
export function besselSequence(x: number, options: BesselOptions = {}): Float64Array {
  const { modified = false, growth = 1, scale = 1 } = options;
  if (x === 0) return Float64Array.of(1);
  const beyond = Math.log(negligible / Math.max(scale, 1e-250));
  // both are below (x/2)^k/k!
  let reach = Math.ceil(x) + 1;
  while (reach * (1 + Math.log((growth * x) / (2 * reach))) > Math.min(beyond, Math.log(negligible)))
    reach += 4;
  const top = 2 * Math.ceil(reach / 2) + 20;
  const values = new Float64Array(top + 1);
  let [above, here] = [0, 1e-280];
  values[top] = here;
  let sum = here;
  for (let k = top; k > 0; k--) {
    const below = (modified ? above : -above) + ((2 * k) / x) * here;
    [above, here] = [here, below];
    values[k - 1] = below;
    if (Math.abs(below) > 1e250) {
      for (let i = k - 1; i <= top; i++) values[i] *= 1e-260;
      above *= 1e-260;
      here *= 1e-260;
      sum *= 1e-260;
    }
    sum += (modified || (k - 1) % 2 === 0 ? here : 0) * (k > 1 ? 1 : 0);
  }
  // twice the sum without the first term, which counts once; the top one counts in either case as it is even
  const total = 2 * sum + values[0];
  let last = top;
  const size = (k: number): number =>
    Math.log(Math.abs(values[k] / total) + Number.MIN_VALUE) + k * Math.log(growth);
  while (last > 0 && size(last) < beyond) last--;
  return values.slice(0, last + 1).map((value) => value / total);
}
