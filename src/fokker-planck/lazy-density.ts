import { degreeOf, polynomial } from "../expression/polynomial.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { Unresolved } from "./exact.ts";
import { expressionsInFrame } from "./frame.ts";
import { orWhyNot } from "./interruptible.ts";

/**
 * A density whose azimuthal orders up to 2 are known and whose other orders are computed on demand. Orders do not couple in an axial
 * problem, so moments and histograms along the axis are already exact. Throws `Unresolved` if the other orders are needed and not
 * resolved.
 */
export function lazyDensity(known: Density, whole: () => Exact<Density>): Density {
  const axis = known.frame[2];
  const complete = (): Density => {
    const found = whole();
    if (found.value === null) throw new Unresolved(found.reason);
    return found.value;
  };
  return {
    m: known.m,
    mm: known.mm,
    frame: known.frame,
    get coefficients() {
      return complete().coefficients;
    },
    get index() {
      return complete().index;
    },
    at: (m) => complete().at(m),
    masses: () => complete().masses(),
    mean: (f) => {
      const terms = polynomial(expressionsInFrame(known.frame, [f])[0]);
      return terms && degreeOf(terms) <= 2 ? known.mean(f) : complete().mean(f);
    },
    probabilities: (binning) =>
      binning.kind === "projection" && binning.axis.every((x, i) => Math.abs(x) === Math.abs(axis[i]))
        ? known.probabilities(binning)
        : orWhyNot(() => complete().probabilities(binning)),
  };
}
