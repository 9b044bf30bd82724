import { areParallel } from "../numerics/parallel.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { frameAlong, intoFrame } from "./frame.ts";
import { harmonicIndex, reindexed } from "./harmonics.ts";
import { rotatedToLaboratory } from "./rotation.ts";

/**
 * The mean of a density over all rotations about an axis: its harmonics of order 0 about it. For "every" rotation: the uniform density.
 */
export function turnedAbout(density: Density, axis: Vec3 | "every"): Density {
  const { frame } = density;
  if (axis === "every") {
    const uniform = harmonicIndex(1, 0);
    return harmonicDensity(uniform, Float64Array.of(density.coefficients[0], 0), frame);
  }
  if (areParallel(frame[2], axis)) return ofOrderZero(density, frame);
  const about = frameAlong(axis);
  const [x, y, z] = frame.map((row) => intoFrame(about, row));
  const relative: Frame = [x, y, z];
  return ofOrderZero(rotatedToLaboratory(density.index, density.coefficients, relative), about);
}

function ofOrderZero({ index, coefficients }: Pick<Density, "index" | "coefficients">, frame: Frame) {
  const plain = harmonicIndex(Math.max(1, index.lmax), 0);
  return harmonicDensity(plain, reindexed(index, plain, coefficients), frame);
}
