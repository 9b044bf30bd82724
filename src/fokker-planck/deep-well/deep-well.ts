import { compileScalar } from "../../expression/compile.ts";
import { mul } from "../../expression/expression.ts";
import type { Dynamics } from "../../physics/dynamics.ts";
import { isDriven } from "../../physics/dynamics.ts";
import { isEquilibrium } from "../equilibrium.ts";
import type { Exact } from "../exact.ts";
import { exactly, outOfReach } from "../exact.ts";
import type { Vec3 } from "../frame.ts";
import { remembering } from "../remembering.ts";
import type { FokkerPlanckSolution } from "../solution.ts";
import { steepness } from "../steepness.ts";
import { boltzmannInWell } from "./boltzmann-in-well.ts";
import { evolveInWell } from "./evolve-in-well.ts";
import { wellFluctuation } from "./well-fluctuation.ts";
import { agreedModes, modesDifference } from "./well-modes.ts";
import { wellOperator } from "./well-operator.ts";

/** Smallest span of Ψ/D, kT, at which a well is solved on its own, and the largest width, rad, for which that converges. */
const leastDepth = 300;
const largestWidth = 0.09;
/** Degrees of the polynomials, tried in turn. */
const degrees = [8, 12, 17, 22];
/** Relative agreement of the slowest modes that is enough. */
const enough = 1e-7;

/**
 * Solves around the bottom of the only minimum, where exp(−U), U = Ψ/D, is stationary: in polynomials on the plane that touches the
 * sphere there, so that narrow wells cost less. Undefined for other dynamics, for example with several minima of U, and if the
 * polynomials do not converge. The solution of the `whole` sphere evolves starts outside the well. The modes are those of the well; modes
 * of maxima, which no spin in the well shows, are missing.
 */
export function solveDeepWell(
  dynamics: Dynamics,
  { axis, whole }: { readonly axis?: Vec3 | undefined; readonly whole: () => Exact<FokkerPlanckSolution> },
): FokkerPlanckSolution | undefined {
  if (isDriven(dynamics) || !isEquilibrium(dynamics)) return undefined;
  const diffusion = compileScalar(dynamics.diffusion, [])();
  if (!(steepness(dynamics, diffusion).span > leastDepth)) return undefined;
  const found = boltzmannInWell(mul(1 / diffusion, dynamics.psi));
  if (!found || !(Math.max(...found.chart.scale) < largestWidth)) return undefined;
  const { chart, density } = found;
  const at = remembering(
    (degree: number) => wellOperator(chart, dynamics, diffusion, degree),
    degrees.length + 2,
  );
  const place = degrees.findIndex(
    (degree, i) => i > 0 && modesDifference(at(degree).modes, at(degrees[i - 1]).modes) <= enough,
  );
  if (place < 0) return undefined;
  const [coarse, fine] = [at(degrees[place - 1]), at(degrees[place])];
  const slowest = fine.modes.slice(1).find(({ im }) => im === 0)?.re ?? Number.NaN;
  const error = Math.max(1e-12, modesDifference(fine.modes, coarse.modes));
  return {
    method: "deep well",
    ...(axis ? { axis } : {}),
    dynamics,
    time: 0,
    frame: chart.frame,
    size: fine.basis.size,
    lmax: degrees[place],
    errorEstimate: error,
    converged: true,
    slowestRate: exactly(slowest, error),
    stationary: () => exactly(density, 1e-12),
    eigenvalues: (count) => agreedModes(fine.modes, coarse.modes, count),
    evolve(initial, times) {
      const found = evolveInWell(chart, [coarse, fine], initial, times);
      if (found.value !== null) return found;
      const sphere = whole();
      return sphere.value === null
        ? outOfReach(`${found.reason}; ${sphere.reason}`)
        : sphere.value.evolve(initial, times);
    },
    generator: () =>
      outOfReach(
        "a well this deep is solved in polynomials around its bottom, not in harmonics of the sphere",
      ),
    fluctuation: (of, degree) =>
      degree <= degrees[degrees.length - 1]
        ? exactly(wellFluctuation(chart, at(degree), density, of))
        : outOfReach(`polynomials of degree ${degree} are not used`),
  };
}
