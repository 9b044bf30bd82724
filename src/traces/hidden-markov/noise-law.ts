import { studentTwoSided } from "../../numerics/incomplete-beta.ts";
import { logGamma } from "../../numerics/incomplete-gamma.ts";
import { tabulatedNormal } from "../../statistics/tabulated-normal.ts";
import type { Telegraph } from "./telegraph.ts";
import { noiseAt } from "./telegraph.ts";

/** Distribution of samples about the output. */
export interface NoiseLaw {
  /** Probability density at a distance above the output. */
  density(excess: number): number;
  /** Probability of a smaller distance. */
  below(excess: number): number;
}

/** The noise law of samples at a level: normal, or Student's. */
export function noiseLaw(telegraph: Telegraph, level: number): NoiseLaw {
  const { tails } = telegraph;
  const scale = noiseAt(telegraph, level);
  if (tails !== undefined) return studentLaw(scale, tails);
  const height = 1 / (scale * Math.sqrt(2 * Math.PI));
  return {
    density: (excess) => {
      const u = excess / scale;
      return height * Math.exp(-0.5 * u * u);
    },
    below: (excess) => tabulatedNormal(excess / scale),
  };
}

/** Number of intervals of the table of a law, equally spaced in u/√(ν + u²). */
const intervals = 4096;

function studentLaw(scale: number, degrees: number): NoiseLaw {
  const power = 0.5 * (degrees + 1);
  const height = Math.exp(logGamma(power) - logGamma(0.5 * degrees)) / (scale * Math.sqrt(Math.PI * degrees));
  let table: Float64Array | undefined;
  const tabulated = (): Float64Array =>
    Float64Array.from({ length: intervals + 1 }, (_, i) => {
      const v = i / intervals;
      return v === 1 ? 0 : 0.5 * studentTwoSided(v * Math.sqrt(degrees / (1 - v * v)), degrees);
    });
  return {
    density: (excess) => {
      const u = excess / scale;
      return height * (1 + (u * u) / degrees) ** -power;
    },
    below: (excess) => {
      table ??= tabulated();
      const u = excess / scale;
      const at = (intervals * Math.abs(u)) / Math.sqrt(degrees + u * u);
      const cell = Math.min(intervals - 1, Math.floor(at));
      const tail = table[cell] + (at - cell) * (table[cell + 1] - table[cell]);
      return u < 0 ? tail : 1 - tail;
    },
  };
}
