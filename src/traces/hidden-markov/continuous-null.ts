/**
 * Log-likelihood of the best one-level signal with memory: a Gaussian process with exponential correlation and white
 * noise on it (Kalman's filter, mean and scale in closed form, memory and share of the noise searched on a grid that
 * closes in). A telegraph signal that is no likelier than this has shown no levels.
 */
export function continuousLogLikelihood(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const at = (lnTime: number, lnNoise: number): number => {
    const memory = Math.exp(-Math.exp(-lnTime));
    const noise = Math.exp(lnNoise);
    let [estimate, variance, squares, logs] = [0, 1, 0, 0];
    for (let i = 0; i < n; i++) {
      estimate *= memory;
      variance = memory * memory * variance + 1 - memory * memory;
      const spread = variance + noise;
      const miss = values[i] - mean - estimate;
      squares += (miss * miss) / spread;
      logs += Math.log(spread);
      estimate += (variance / spread) * miss;
      variance *= noise / spread;
    }
    return -0.5 * (n * Math.log((2 * Math.PI * squares) / n) + logs + n);
  };
  let [time, noise, widthTime, widthNoise] = [Math.log(n) / 2 - 1, 0, Math.log(n) / 2, 7];
  let best = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const [fromTime, fromNoise] = [time, noise];
    for (let i = -4; i <= 4; i++)
      for (let j = -4; j <= 4; j++) {
        const value = at(fromTime + (i * widthTime) / 4, fromNoise + (j * widthNoise) / 4);
        if (value > best)
          [best, time, noise] = [value, fromTime + (i * widthTime) / 4, fromNoise + (j * widthNoise) / 4];
      }
    widthTime *= 0.35;
    widthNoise *= 0.35;
  }
  return best;
}
