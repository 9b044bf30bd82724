import { readable } from "./readable.ts";

interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

/** An imaginary part below this share of the real part is rounding. */
const rounding = 1e-6;

const isReal = ({ re, im }: Eigenvalue): boolean => Math.abs(im) <= rounding * Math.abs(re);

/**
 * λ₁ of a list that begins with zero: the smallest real eigenvalue, which is used wherever a rate is compared. For a precessing pair see
 * `slowerPair`. If the list has only pairs, the pair nearest to zero.
 */
export function smallestRealEigenvalue<E extends Eigenvalue>(
  listed: readonly E[] | null | undefined,
): E | undefined {
  const [, ...modes] = listed ?? [];
  const real = modes.filter(isReal).sort((a, b) => a.re - b.re);
  return real[0] ?? modes.sort((a, b) => Math.hypot(a.re, a.im) - Math.hypot(b.re, b.im))[0];
}

/** One eigenvalue of a pair that precesses and decays more slowly than λ₁, if the list has such a pair. */
export function slowerPair<E extends Eigenvalue>(listed: readonly E[] | null | undefined): E | undefined {
  const first = listed?.[1];
  return first && !isReal(first) && first !== smallestRealEigenvalue(listed) ? first : undefined;
}

/** The name of λ₁ in texts. */
export const nameOf = (mode: Eigenvalue): string =>
  isReal(mode) ? "smallest real eigenvalue" : "eigenvalue nearest to zero";

/** An eigenvalue as text: a real number, or real and imaginary part. */
export const eigenvalueText = (mode: Eigenvalue): string =>
  isReal(mode) ? readable(mode.re) : `${readable(mode.re)} ± ${readable(Math.abs(mode.im))} i`;
