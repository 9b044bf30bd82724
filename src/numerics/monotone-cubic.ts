/**
 * A curve through points, x ascending, that rises and falls only where they do: cubic pieces whose slopes are harmonic means of
 * those on both sides (F. N. Fritsch and J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300). The ends take the slope of their piece.
 */
export function monotoneCubic(x: readonly number[], y: readonly number[]): (at: number) => number {
  const secant = (i: number): number => (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  const slope = (i: number): number => {
    if (i === 0) return secant(0);
    if (i === x.length - 1) return secant(i - 1);
    const [before, after] = [secant(i - 1), secant(i)];
    if (!(before * after > 0)) return 0;
    const [h, k] = [x[i] - x[i - 1], x[i + 1] - x[i]];
    return (3 * (h + k)) / ((h + 2 * k) / before + (2 * h + k) / after);
  };
  return (at) => {
    const next = x.findIndex((node) => node >= at);
    const i = Math.max(0, (next < 0 ? x.length - 1 : next) - 1);
    const h = x[i + 1] - x[i];
    const s = (at - x[i]) / h;
    const [a, b] = [h * slope(i), h * slope(i + 1)];
    return (
      y[i] * (1 + 2 * s) * (1 - s) ** 2 +
      a * s * (1 - s) ** 2 +
      y[i + 1] * s * s * (3 - 2 * s) +
      b * s * s * (s - 1)
    );
  };
}
