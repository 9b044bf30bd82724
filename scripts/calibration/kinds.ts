/** The kind of test that a comparison belongs to, by its name. */
export function kindOf(observable: string, test: string): string {
  if (/^mz > 0 at/.test(observable)) return "share with mz > 0";
  if (/^autocorrelation/.test(observable)) return "autocorrelation";
  if (/spectrum/.test(observable)) return "spectrum";
  if (/occupation/.test(observable)) return "occupation";
  if (/mean (up|down)/.test(observable)) return "mean dwell";
  if (/dwell/i.test(observable)) return "dwell";
  if (/passage/i.test(observable)) return /mean/.test(observable) ? "mean passage" : "passage times";
  if (/entropy/i.test(observable)) return "entropy production";
  if (/histogram/i.test(observable) || /chi-squared/i.test(test)) return "histogram";
  if (/moments/i.test(observable)) return "moments";
  return observable.replace(/[0-9].*$/, "");
}

/** Largest distance between the distribution of values and the uniform one, and its probability (Kolmogorov; Stephens 1970). */
export function kolmogorovSmirnov(values: readonly number[]): { distance: number; pValue: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const distance = sorted.reduce(
    (most, x, i) => Math.max(most, Math.abs(x - i / n), Math.abs((i + 1) / n - x)),
    0,
  );
  const x = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  if (x < 0.2) return { distance, pValue: 1 };
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return { distance, pValue: Math.min(1, Math.max(0, sum)) };
}
