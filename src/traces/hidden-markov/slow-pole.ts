/** Lags of the structure function, and ratios of rates to try. */
const longest = 1 / 16;
const perDecade = 12;
/** Poles to try, times the time between samples. */
const [slowest, fastest] = [0.01, 3];

/**
 * A first guess of the pole of a telegraph signal, 1 per sample, from the mean squares of differences over several
 * lags: with a rate k of exchange, pole p and noise σ they are 2σ² + 2A(1 − (p e^(−kτ) − k e^(−pτ))/(p − k)). Least
 * squares of their ratios; σ² and A are linear. It is only a starting point of the maximization: it has no error, and
 * the likelihood decides.
 */
export function guessedPole(values: Float64Array): number {
  const lags: number[] = [];
  for (let lag = 1; lag < longest * values.length; lag = Math.max(lag + 1, Math.ceil(lag * 1.3)))
    lags.push(lag);
  const squares = lags.map((lag) => {
    let sum = 0;
    for (let i = lag; i < values.length; i++) sum += (values[i] - values[i - lag]) ** 2;
    return sum / (values.length - lag);
  });
  let best = { pole: 1, rest: Number.POSITIVE_INFINITY };
  const steps = Math.round(perDecade * Math.log10(fastest / slowest));
  for (let i = 0; i <= steps; i++) {
    const pole = slowest * (fastest / slowest) ** (i / steps);
    for (let j = 1; j <= 3 * perDecade; j++) {
      const rate = pole * 10 ** (-j / perDecade);
      const rest = restOf(lags, squares, pole, rate);
      if (rest < best.rest) best = { pole, rest };
    }
  }
  return best.pole;
}

/** Sum of squared relative deviations after the best σ² and A ≥ 0. */
function restOf(lags: readonly number[], squares: readonly number[], pole: number, rate: number): number {
  let [aa, ab, bb, a, b] = [0, 0, 0, 0, 0];
  const shape = lags.map(
    (lag) => 1 - (pole * Math.exp(-rate * lag) - rate * Math.exp(-pole * lag)) / (pole - rate),
  );
  shape.forEach((value, i) => {
    const weight = 1 / squares[i];
    aa += weight * weight;
    ab += weight * weight * value;
    bb += (weight * value) ** 2;
    a += weight;
    b += weight * value;
  });
  const determinant = aa * bb - ab * ab;
  const noise = Math.max(0, (a * bb - b * ab) / determinant);
  const height = noise > 0 ? (b * aa - a * ab) / determinant : b / bb;
  if (!(height > 0)) return Number.POSITIVE_INFINITY;
  return shape.reduce((sum, value, i) => sum + ((noise + height * value) / squares[i] - 1) ** 2, 0);
}
