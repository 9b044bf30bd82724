import type { Triple } from "../parameter.ts";

/*
 * A prism magnetized along an edge of length h carries charge on two faces a × b, and its factor there is
 *
 *   N = [F(0) − F(h)] / (2π a b h),   F(h) = ∫∫ (a−|x|)(b−|y|) / √(x²+y²+h²) dx dy over |x| < a, |y| < b.
 */

/** F(0) of a face: the self-potential of a charged rectangle. */
const itself = (a: number, b: number): number =>
  2 * a * b * (a * Math.asinh(b / a) + b * Math.asinh(a / b)) - (2 / 3) * excess(a, b);

/** (a² + b²)^(3/2) − a³ − b³ without cancellation if one is small. */
function excess(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  return large ** 3 * Math.expm1(1.5 * Math.log1p((small / large) ** 2)) - small ** 3;
}

/** √(x² + y²) − y. */
const beyond = (x: number, y: number): number => (x * x) / (Math.hypot(x, y) + y);

/** Factors along the edges s ≪ m ≤ l, from two charged lines of width s in each case; relative error (s/m)². */
export function filmFactors(s: number, m: number, l: number): Triple {
  const along = (h: number, a: number): number =>
    (itself(a, s) - 2 * s * s * (a * Math.asinh(a / h) - beyond(a, h))) / (2 * Math.PI * a * s * h);
  const [middle, long] = [along(m, l), along(l, m)];
  return [1 - middle - long, middle, long];
}

/** Factors along the edges s ≤ m ≪ l, from an infinite bar with a correction for its ends; relative error (m/l)². */
export function needleFactors(s: number, m: number, l: number): Triple {
  const across = (h: number, a: number): number => {
    const p = h / a;
    const infinite =
      (((1 - p * p) / (2 * p)) * Math.log1p(p * p) + p * Math.log(p) + 2 * Math.atan(1 / p)) / Math.PI;
    const r = Math.hypot(a, h);
    const ends = (a * (a * r + h * h * Math.asinh(a / h))) / 2 - (r ** 3 - h ** 3) / 3 - a ** 3 / 6;
    return infinite - (2 * ends) / (Math.PI * l * a * h);
  };
  const long = (itself(m, s) - (m * s) ** 2 / l) / (2 * Math.PI * m * s * l);
  const [short, middle] = [across(s, m), across(m, s)];
  // both share the rest of the trace that the neglected orders leave
  const rest = (1 - short - middle - long) / 2;
  return [short + rest, middle + rest, long];
}
