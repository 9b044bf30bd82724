/** A small seeded generator for the tests (mulberry32), with the few laws they draw from. */
export interface Seeded {
  uniform(): number;
  normal(): number;
  exponential(): number;
  /** Counts of `samples` draws with the given probabilities. */
  multinomial(samples: number, probabilities: readonly number[]): number[];
}

export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    normal,
    exponential: () => -Math.log(uniform()),
    multinomial(samples, probabilities) {
      let sum = 0;
      const ends = probabilities.map((p) => (sum += p));
      const counts = new Array<number>(probabilities.length).fill(0);
      for (let n = 0; n < samples; n++) {
        const u = uniform();
        let low = 0;
        let high = ends.length - 1;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (u < ends[middle]) high = middle;
          else low = middle + 1;
        }
        counts[low]++;
      }
      return counts;
    },
  };
}
