import type { Triple } from "../parameter.ts";
import { filmFactors, needleFactors } from "./prism-limits.ts";
import { inProportion } from "./proportion.ts";

/**
 * Magnetometric demagnetizing factors of a uniformly magnetized rectangular prism along its edges, from the lengths of
 * the edges (any unit). A. Aharoni, J. Appl. Phys. 83, 3432 (1998), Eq. 1, or its limits (prism-limits.ts) for films
 * and needles, where its terms cancel. Absolute error below 1e-7 at any ratio, 1e-12 at ordinary ones.
 */
export function prismFactors(edges: Triple): Triple {
  const [x, y, z] = inProportion(edges);
  const [short, middle, long] = [x, y, z].sort((a, b) => a - b);
  const errors = [
    (4 * Number.EPSILON * long * long) / (middle * short),
    (short / middle) ** 3,
    (middle / long) ** 3,
  ];
  const best = errors.indexOf(Math.min(...errors));
  if (best === 0) return [alongLast(y, z, x), alongLast(z, x, y), alongLast(x, y, z)];
  const factors = best === 1 ? filmFactors(short, middle, long) : needleFactors(short, middle, long);
  const sorted = [short, middle, long];
  // equal edges have equal factors
  const [a, b, c] = [x, y, z].map((edge) => factors[sorted.indexOf(edge)]);
  return [a, b, c];
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
