import { compileScalar } from "../expression/compile.ts";
import { magnetization } from "../expression/vector.ts";
import { oncePer } from "../numerics/once-per.ts";
import type { InitialLaw, WellDensity } from "../physics/initial/initial-law.ts";
import { landscapes } from "../physics/wells/landscape.ts";
import type { Well } from "../physics/wells/well.ts";
import { wellOf } from "../physics/wells/well.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { intoFrame, outOfFrame } from "./frame.ts";
import type { Zone } from "./ray-arcs.ts";
import type { RayRims } from "./ray-rims.ts";
import { rimsAround } from "./ray-rims.ts";
import type { QuadratureRegion } from "./region-quadrature.ts";
import { regionAround } from "./region-quadrature.ts";

/** The well of an initial state, computed once. */
export const initialWell = oncePer(
  (initial: WellDensity): Well => wellOf(landscapes(initial.energyOverKT)(), initial.wellOf),
);

/** The direction in which all spins start, or the bottom of their well; undefined if they start in several. */
export function placeOfStart(initial: InitialLaw): Vec3 | undefined {
  if ("direction" in initial) return initial.direction;
  return "wellOf" in initial ? initialWell(initial).bottom : undefined;
}

/** Rims of the initial well on rays from its bottom. */
const rimsOfWell = oncePer((initial: WellDensity): RayRims => {
  const { bottom, holds } = initialWell(initial);
  return rimsAround(bottom, holds);
});

/** The part of the initial well in a zone, as a region of integration. */
export const wellWithin = (initial: WellDensity, zone: Zone): QuadratureRegion =>
  regionAround(rimsOfWell(initial), weightOf(initial), zone);

/** The whole initial well. */
export const wellRegion = oncePer(
  (initial: WellDensity): QuadratureRegion => regionAround(rimsOfWell(initial), weightOf(initial)),
);

/** exp(−U) of the initial state, relative to the bottom of its well. */
export function weightOf(initial: WellDensity): (m: Vec3) => number {
  const energy = compileScalar(initial.energyOverKT, magnetization);
  const lowest = energy(...initialWell(initial).bottom);
  return (m) => Math.exp(lowest - energy(...m));
}

/** A share of the spins at one point. */
export interface PointMass {
  readonly m: Vec3;
  readonly mass: number;
}

/** exp(−U) of the initial state over a region as point masses, for functions up to a degree; relative to the bottom, not normalized. */
export function massesOver(initial: WellDensity, region: QuadratureRegion, degree: number): PointMass[] {
  const weight = weightOf(initial);
  return region.quadrature(degree).map(({ m, area }) => ({ m, mass: area * weight(m) }));
}

/** Steps over the polar angle in the search for the ends of a well. */
const steps = 400;

/** The well of an initial state whose energy depends on z = axis·m alone, as an interval of z. */
export function wellInterval(initial: WellDensity, frame: Frame): [number, number] {
  const { holds } = initialWell(initial);
  const holdsAt = (theta: number): boolean =>
    holds(outOfFrame(frame, [Math.sin(theta), 0, -Math.cos(theta)]));
  const start = Math.acos(Math.max(-1, Math.min(1, -intoFrame(frame, initial.wellOf)[2])));
  const end = (pole: number): number => {
    const step = (pole - start) / steps;
    for (let i = 1; i <= steps; i++) {
      if (holdsAt(start + i * step)) continue;
      let [inside, outside] = [start + (i - 1) * step, start + i * step];
      for (let k = 0; k < 40; k++) {
        const middle = (inside + outside) / 2;
        if (holdsAt(middle)) inside = middle;
        else outside = middle;
      }
      return -Math.cos((inside + outside) / 2);
    }
    return -Math.cos(pole);
  };
  return [end(0), end(Math.PI)];
}
