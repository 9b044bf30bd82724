import type { Scalar, Vec3 } from "./values.ts";

/** Marsaglia's xorshift with a multiplied output: a stream of numbers in [0, 1) for each seed. */
export function randomNumbers(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (Math.imul(state, 0x9e3779b1) >>> 0) / 2 ** 32;
  };
  for (let k = 0; k < 8; k++) next();
  return next;
}

/** Draws of the kinds that experiments are made of. */
export class Draw {
  readonly next: () => number;
  constructor(seed: number) {
    this.next = randomNumbers(seed);
  }
  between = (a: number, b: number): number => Number((a + (b - a) * this.next()).toPrecision(4));
  logarithmic = (a: number, b: number): number => Number((a * (b / a) ** this.next()).toPrecision(4));
  chance = (p: number): boolean => this.next() < p;
  pick = <T>(from: readonly T[]): T => from[Math.floor(this.next() * from.length)];
  sign = (): number => (this.chance(0.5) ? 1 : -1);
  direction(): Vec3 {
    const z = this.between(-1, 1);
    const phi = this.between(-Math.PI, Math.PI);
    const r = Math.sqrt(1 - z * z);
    return [Number((r * Math.cos(phi)).toFixed(4)), Number((r * Math.sin(phi)).toFixed(4)), z];
  }
}

/** A drive of a value that is of order `size` and returns to it; times within the run. */
export function driven(draw: Draw, size: number, duration: number): Scalar {
  const start = draw.between(0.1, 0.35) * duration;
  const length = draw.between(0.15, 0.4) * duration;
  const edge = (share: number) => (draw.chance(0.5) ? 0 : share * length);
  const pulse = { amplitude: -0.7 * size, base: size, start, length, rise: edge(0.2), fall: edge(0.3) };
  switch (draw.pick(["pulse", "train", "ramp", "sine", "table", "typed"])) {
    case "pulse":
      return { pulse };
    case "train":
      return { train: { ...pulse, length: length / 3, rise: 0, fall: 0, period: length / 1.5, count: 3 } };
    case "ramp":
      return { ramp: { from: size, to: -0.4 * size, start, length } };
    case "sine":
      return {
        sine: {
          mean: 0.3 * size,
          amplitude: size,
          frequency: draw.between(1, 4) / duration,
          phase: draw.between(0, 6),
        },
      };
    case "table":
      return {
        table: {
          times: [0.1, 0.3, 0.6, 0.8].map((x) => x * duration),
          values: [1, -0.5, 0.8, 0.2].map((x) => x * size),
        },
      };
    default:
      return `${size}*exp(-((t-${start})/${length})^2)`;
  }
}
