import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { Dwell } from "./dwell-figures.ts";
import type { DwellSurvival } from "./dwell-survival.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";

const panels = 8;
const nodes = 6;
/** Largest relative error of a mean. */
const largestError = 1e-3;

/**
 * Mean dwells between visits to the other state that last at least `minimum`: shorter ones do not end a dwell. If all visits start alike
 * (with a common axis, at the rim), visits are independent. A counted dwell has already lasted longer than the minimum T. When it ends,
 * the visit to the other state is a lasting one with probability q = S'(T); otherwise the spin comes back and a whole visit follows:
 *
 *   mean = E[τ | τ > T] + (1 − q)/q (E[τ' | τ' < T] + E[τ]),
 *
 * where τ and S are duration and survival of visits to this state, and primed ones those of the other state. All terms follow from ∫S dt up
 * to T. `lasting` gives the survival at ascending times.
 */
export function withLastingVisits(
  dwell: Dwell,
  lasting: (times: readonly number[]) => Exact<DwellSurvival>,
  minimum: number,
): Exact<Dwell> {
  const rules = Array.from({ length: panels }, (_, p) =>
    gaussLegendreOn(nodes, (minimum * p) / panels, (minimum * (p + 1)) / panels),
  );
  const law = lasting([...rules.flatMap((rule) => [...rule.nodes]), minimum]);
  if (law.value === null)
    return outOfReach(`mean dwells with a minimum follow from the law of all dwells: ${law.reason}`);
  const { up: above, down: below } = law.value;
  const refused = above.reason ?? below.reason;
  if (above.value === null || below.value === null)
    return outOfReach(`mean dwells with a minimum follow from the law of all dwells: ${refused}`);
  const missing = dwell.up.reason ?? dwell.down.reason;
  if (dwell.up.value === null || dwell.down.value === null)
    return outOfReach(`mean dwells with a minimum follow from the means of all dwells: ${missing}`);
  const all = { up: dwell.up.value, down: dwell.down.value };
  const laws = { up: above.value, down: below.value };
  const errorEstimate = Math.max(above.errorEstimate ?? 0, below.errorEstimate ?? 0);
  const weights = rules.flatMap((rule) => [...rule.weights]);
  const part = (side: "up" | "down") => {
    const survival = laws[side];
    const area = survival.slice(0, -1).reduce((sum, s, i) => sum + s * weights[i], 0);
    return { mean: all[side], area, left: survival[survival.length - 1] };
  };
  const [up, down] = [part("up"), part("down")];
  const least = Math.min(up.left, down.left);
  if (!(errorEstimate < largestError * least))
    return outOfReach(
      `mean dwells with a minimum: a visit lasts that long with a probability of ${least.toExponential(1)}, whose error of ${errorEstimate.toExponential(1)} is too large`,
    );
  const meanOf = (own: typeof up, other: typeof up): number =>
    minimum +
    (own.mean - own.area) / own.left +
    (other.area - minimum * other.left + (1 - other.left) * own.mean) / other.left;
  const [longUp, longDown] = [meanOf(up, down), meanOf(down, up)];
  const bothVisits = longUp + longDown;
  const error = dwell.errorEstimate + (2 * errorEstimate) / least;
  const shareOf = (mean: number) => ({ value: mean / bothVisits, error: (error * mean) / bothVisits });
  const parts = { rate: { value: 1 / bothVisits, error }, up: shareOf(longUp), down: shareOf(longDown) };
  return exactly({
    up: exactly(longUp, error),
    down: exactly(longDown, error),
    occupationUp: parts.up.value,
    parts,
    errorEstimate: error,
  });
}
