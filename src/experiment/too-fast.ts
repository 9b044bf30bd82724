import { bounds } from "../expression/bounds.ts";
import type { Expression } from "../expression/expression.ts";
import type { MagnetModel } from "./model.ts";
import { dynamicsOf } from "./model.ts";
import type { Resolution } from "./resolve.ts";
import { spreadBox } from "./spread-box.ts";

/**
 * The paths of terms whose own rates times a time (s) are above a limit for certain, or are no numbers: a potential that spans S over the
 * sphere has a gradient of at least S/π somewhere. `thermal` is the path of what agitates.
 */
export function pathsTooFast(
  model: MagnetModel,
  { spreads, duration }: Resolution,
  { time, limit, thermal }: { readonly time: number; readonly limit: number; readonly thermal: string },
): string[] {
  const box = { ...spreadBox(spreads), t: { low: 0, high: duration } };
  const range = (of: Expression): readonly [low: number, high: number] => {
    const { low, high } = bounds(of, box, { tolerance: 0.1, work: 300 });
    return [low.attained, high.attained];
  };
  const span = (of: Expression): number => {
    const [low, high] = range(of);
    return (high - low) / Math.PI;
  };
  const paths = [...model.energies, ...model.torques].map(({ path }) => path);
  return dynamicsOf(model).flatMap(({ psi, omega, diffusion }, i) => {
    const rates = [span(psi), span(omega), ...range(diffusion).map(Math.abs)];
    return rates.every((rate) => rate * time <= limit) ? [] : [paths[i] ?? thermal];
  });
}
