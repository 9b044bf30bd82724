import { seeded } from "../statistics/seeded.ts";

/**
 * Telegraph noise as a scope sees it: exact times of switching, the exact answer of one pole between them, then white
 * noise. dwell[i] is the mean time at levels[i]; the next level is drawn evenly from the others. Dwells are exponential, or with
 * `shape` means of so many exponential times (a gamma law).
 */
export function synthetic(options: {
  samples: number;
  sampleTime: number;
  dwell: readonly number[];
  levels: readonly number[];
  noise: number;
  bandwidth?: number;
  shape?: number;
  seed: number;
}): Float64Array {
  const { samples, sampleTime, dwell, levels, noise, bandwidth, shape = 1, seed } = options;
  const random = seeded(seed);
  const pole = bandwidth === undefined ? undefined : 2 * Math.PI * bandwidth;
  const stay = (at: number): number => {
    let sum = 0;
    for (let i = 0; i < shape; i++) sum += random.exponential();
    return (dwell[at] * sum) / shape;
  };
  const values = new Float64Array(samples);
  let level = Math.floor(random.uniform() * levels.length);
  let output = levels[level];
  let now = 0;
  let change = stay(level);
  for (let n = 0; n < samples; n++) {
    const time = (n + 1) * sampleTime;
    while (change < time) {
      if (pole !== undefined)
        output = levels[level] + (output - levels[level]) * Math.exp(-pole * (change - now));
      now = change;
      level = (level + 1 + Math.floor(random.uniform() * (levels.length - 1))) % levels.length;
      change += stay(level);
    }
    if (pole === undefined) output = levels[level];
    else output = levels[level] + (output - levels[level]) * Math.exp(-pole * (time - now));
    now = time;
    values[n] = output + noise * random.normal();
  }
  return values;
}
