import { degreeOf, polynomial } from "../expression/polynomial.ts";
import type { Density } from "./density.ts";
import { expressionsInFrame } from "./frame.ts";

/**
 * A density whose azimuthal orders up to 2 are known and whose other orders are computed on demand. Orders do not couple
 * in an axial problem, so moments and histograms along the axis are already exact.
 */
export function lazyDensity(known: Density, complete: () => Density): Density {
  const axis = known.frame[2];
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
        : complete().probabilities(binning),
  };
}
