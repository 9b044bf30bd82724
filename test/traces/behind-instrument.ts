import { seeded } from "../statistics/seeded.ts";

/**
 * Telegraph noise of levels 0 and 1 behind two equal poles in series (exact between the jumps: with d = level − output, d₂ = (d₂ + p t d₁)e^{−pt}),
 * then noise: white, and one with an exponential memory of `memory` samples; `idle` is the noise alone. `realized`: means of the dwells that were drawn.
 */
export function behindTwoPoles(options: {
  samples: number;
  sampleTime: number;
  /** At 0 and at 1, s. */
  dwell: readonly [number, number];
  /** Of each pole, 1/s; ∞: none. */
  pole: number;
  white: number;
  slow?: number;
  memory?: number;
  seed: number;
}): { values: Float64Array; idle: Float64Array; realized: readonly [number, number] } {
  const { samples, sampleTime, dwell, pole, white, slow = 0, memory = 1, seed } = options;
  const random = seeded(seed);
  const keep = Math.exp(-1 / memory);
  let wandering = slow * random.normal();
  const noise = (): number => {
    wandering = keep * wandering + slow * Math.sqrt(1 - keep * keep) * random.normal();
    return wandering + white * random.normal();
  };
  const values = new Float64Array(samples);
  let [level, now, first, second] = [0, 0, 0, 0];
  const dwells: [number[], number[]] = [[], []];
  let change = dwell[0] * random.exponential();
  const wait = (time: number): void => {
    const x = pole * (time - now);
    [first, second] = x < 700 ? [first * Math.exp(-x), (second + x * first) * Math.exp(-x)] : [0, 0];
    now = time;
  };
  for (let n = 0; n < samples; n++) {
    while (change < (n + 1) * sampleTime) {
      wait(change);
      const step = level === 0 ? 1 : -1;
      level += step;
      first += step;
      second += step;
      const next = dwell[level] * random.exponential();
      dwells[level].push(next);
      change += next;
    }
    wait((n + 1) * sampleTime);
    values[n] = level - second + noise();
  }
  const mean = (of: readonly number[]): number => of.reduce((sum, t) => sum + t, 0) / of.length;
  return {
    values,
    realized: [mean(dwells[0]), mean(dwells[1])],
    idle: Float64Array.from({ length: samples }, noise),
  };
}
