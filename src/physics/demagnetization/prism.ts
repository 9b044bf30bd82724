import type { Triple } from "../parameter.ts";

/**
 * Magnetometric demagnetizing factors of a uniformly magnetized rectangular prism along its edges, from the lengths
 * of the edges (any unit). A. Aharoni, J. Appl. Phys. 83, 3432 (1998), Eq. 1. Cancellation costs about one digit for
 * each factor of ten in the aspect ratio.
 */
export function prismFactors([x, y, z]: Triple): Triple {
  return [alongLast(y, z, x), alongLast(z, x, y), alongLast(x, y, z)];
}

/** Factor along c of a prism of semi-edges a, b, c. */
function alongLast(a: number, b: number, c: number): number {
  const [ab, bc, ca] = [Math.hypot(a, b), Math.hypot(b, c), Math.hypot(c, a)];
  const r = Math.hypot(a, b, c);
  // ln((r − x)/(r + x)) without loss of the small difference
  const logarithm = (root: number, x: number): number => -2 * Math.asinh(x / Math.sqrt(root * root - x * x));
  const sum =
    ((b * b - c * c) / (2 * b * c)) * logarithm(r, a) +
    ((a * a - c * c) / (2 * a * c)) * logarithm(r, b) -
    (b / (2 * c)) * logarithm(ab, a) -
    (a / (2 * c)) * logarithm(ab, b) +
    (c / (2 * a)) * logarithm(bc, b) +
    (c / (2 * b)) * logarithm(ca, a) +
    2 * Math.atan((a * b) / (c * r)) +
    (a ** 3 + b ** 3 - 2 * c ** 3) / (3 * a * b * c) +
    ((a * a + b * b - 2 * c * c) / (3 * a * b * c)) * r +
    (c / (a * b)) * (ca + bc) -
    (ab ** 3 + bc ** 3 + ca ** 3) / (3 * a * b * c);
  return sum / Math.PI;
}
