/**
 * Log-likelihood of the best one-level signal with memory: a Gaussian process with exponential correlation plus white
 * noise (Kalman's filter; mean and scale in closed form, correlation time and share of the noise from a grid search
 * with successive refinement). If a telegraph signal is not more likely than this, the trace shows no levels.
 */
export function continuousLogLikelihood(values: Float64Array): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const at = (lnTime: number, lnNoise: number): number => {
    const memory = Math.exp(-Math.exp(-lnTime));
    const noise = Math.exp(lnNoise);
    let [estimate, variance, squares, logs] = [0, 1, 0, 0];
    let [spread, gain, i] = [0, 0, 0];
    for (let isSettled = false; i < n && !isSettled; i++) {
      estimate *= memory;
      variance = memory * memory * variance + 1 - memory * memory;
      const before = spread;
      spread = variance + noise;
      isSettled = Math.abs(spread - before) < 1e-15 * spread;
      const miss = values[i] - mean - estimate;
      squares += (miss * miss) / spread;
      logs += Math.log(spread);
      gain = variance / spread;
      estimate += gain * miss;
      variance *= noise / spread;
    }
    // the filter's variance and gain soon become constant
    let rest = 0;
    logs += (n - i) * Math.log(spread);
    for (; i < n; i++) {
      estimate *= memory;
      const miss = values[i] - mean - estimate;
      rest += miss * miss;
      estimate += gain * miss;
    }
    squares += rest / spread;
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
