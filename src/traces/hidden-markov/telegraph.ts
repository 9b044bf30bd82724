/**
 * A signal that jumps between levels as a Markov process in continuous time, passes one pole, and then gets white noise:
 * dy/dt = pole·(level(t) − y), sample z_n = y(t_n) + noise·ξ_n.
 */
export interface Telegraph {
  /** Ascending. */
  readonly levels: readonly number[];
  /** rates[from][to] in 1/s; the diagonal is not read. */
  readonly rates: readonly (readonly number[])[];
  /** Standard deviation of a sample's white noise; the smallest if levels differ in it. */
  readonly noise: number;
  /** Noise of each level, if they differ. */
  readonly noises?: readonly number[];
  /** Degrees of freedom if the noise follows Student's law with scale `noise`; undefined: normal. */
  readonly tails?: number;
  /** Angular corner 2π·bandwidth of the pole before the noise, 1/s; null where there is none. */
  readonly pole: number | null;
}

/** The noise of a level. */
export const noiseAt = ({ noise, noises }: Telegraph, level: number): number => noises?.[level] ?? noise;

/** Escape rate of a level, 1/s. */
export const leaving = ({ rates }: Telegraph, level: number): number =>
  rates[level].reduce((sum, rate, to) => sum + (to === level ? 0 : rate), 0);

/** Escape rates of the lowest and the highest level together, 1/s: one over the correlation time of two levels. */
export const exchangeRate = (telegraph: Telegraph): number =>
  leaving(telegraph, 0) + leaving(telegraph, telegraph.levels.length - 1);

/** Generator of the levels, row-major; rows sum to zero. */
export function generatorOf(telegraph: Telegraph): Float64Array {
  const count = telegraph.levels.length;
  const generator = new Float64Array(count * count);
  for (let from = 0; from < count; from++)
    for (let to = 0; to < count; to++)
      generator[from * count + to] = from === to ? -leaving(telegraph, from) : telegraph.rates[from][to];
  return generator;
}

/** Share of the time at each level: the stationary law of the generator, by Grassmann, Taksar and Heyman's elimination. */
export function occupations({ rates, levels }: Telegraph): Float64Array {
  const count = levels.length;
  const a = rates.map((row) => [...row]);
  for (let n = count - 1; n > 0; n--) {
    const out = a[n].slice(0, n).reduce((sum, rate) => sum + rate, 0);
    for (let i = 0; i < n; i++) a[i][n] /= out;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) a[i][j] += a[i][n] * a[n][j];
  }
  const share = new Float64Array(count);
  share[0] = 1;
  for (let n = 1; n < count; n++) for (let i = 0; i < n; i++) share[n] += share[i] * a[i][n];
  const sum = share.reduce((total, value) => total + value, 0);
  return share.map((value) => value / sum);
}
