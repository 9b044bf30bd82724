import type { SpreadLaw } from "../physics/spread.ts";
import type { Refusal } from "./spread-average.ts";
import type { NodeFigures } from "./spread-interpolant.ts";

/** Distance from the end of a law, in deviations, at which the contribution to a mean is computed as well. */
const inside = 0.5;
/** Largest share of a mean that values beyond the end of a law, which no spin has, would add. */
const mostBeyond = 0.01;

/**
 * The end of a normal law, with the other variates at zero, beyond which a figure would add a large share to its mean: the mean then
 * comes from ever rarer values, and depends on where the law is cut. Beyond the end the contribution is taken to change as fast as
 * inside. Undefined if there is no such end, else it with the reason; ends without a solution do not count.
 */
export function heavyEnd(
  laws: readonly SpreadLaw[],
  figuresAt: (point: readonly number[]) => NodeFigures,
  means: ArrayLike<number>,
): Refusal | undefined {
  for (const [d, { reach, density }] of laws.entries())
    for (const end of reach > 1 ? [-reach, reach] : []) {
      const pointAt = (x: number): number[] => laws.map((_, other) => (other === d ? x : 0));
      const contributions = (x: number): number[] =>
        Array.from(figuresAt(pointAt(x)).value ?? [], (f) => density(x) * Math.abs(f));
      const before = contributions(end - Math.sign(end) * inside);
      const isHeavy = contributions(end).some((last, i) => {
        const decay = Math.log(before[i] / last) / inside;
        return decay <= 0 || last / decay > mostBeyond * Math.abs(means[i]);
      });
      if (isHeavy)
        return {
          point: pointAt(end),
          reason: `values beyond ${reach} deviations would change the mean by more than ${100 * mostBeyond} %, so it depends on the few rarest spins`,
        };
    }
  return undefined;
}
